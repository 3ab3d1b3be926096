// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 certificates for intranet.example.com
// What has to lie in www/certificates, and nothing else:
// example_private_root_809682eae885.cer
// root: Example Private Root, valid until 2040-01-01
// example_private_root_g2_527aae76c15c.cer
// root: Example Private Root G2, valid until 2046-01-01
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
