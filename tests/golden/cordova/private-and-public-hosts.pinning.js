// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 certificates for api.example.com, intranet.example.com and 4 more
// What has to lie in www/certificates, and nothing else:
// example_root_r1_c075daaea368.cer
// root: Example Root R1, valid until 2035-06-04
// example_private_root_809682eae885.cer
// root: Example Private Root, valid until 2040-01-01
// mitmproxy_a5b9d2b24e44.cer
// root: mitmproxy, valid until 2036-01-01
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
