// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for api.example.com
// What has to lie in www/certificates, and nothing else:
// example_tls_ca_1_4456984f3f0f.cer
// intermediate: Example TLS CA 1, valid until 2029-03-12
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
