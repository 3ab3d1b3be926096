// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 certificates for api.example.com
// What has to lie in www/certificates, and nothing else:
// api_example_com_e3fff42703c0.cer
// leaf: api.example.com, valid until 2027-03-31
// example_tls_ca_1_4456984f3f0f.cer
// intermediate: Example TLS CA 1, valid until 2029-03-12
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
