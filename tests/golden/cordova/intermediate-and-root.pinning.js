// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 certificates for api.example.com
// What has to lie in www/certificates, and nothing else:
// example_tls_ca_1_4456984f3f0f.cer
// intermediate: Example TLS CA 1, valid until 2029-03-12
// example_root_r1_c075daaea368.cer
// root: Example Root R1, valid until 2035-06-04
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
