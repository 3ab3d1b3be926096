// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 certificates for api.example.com
// What has to lie in www/certificates, and nothing else:
// api_example_com_e3fff42703c0.cer
// leaf: api.example.com, valid until 2027-03-31
// api_example_com_29d9955bf1f5.cer
// leaf: api.example.com, valid until 2027-03-31
// other_root_x1_77f4534c0e44.cer
// root: Other Root X1, valid until 2040-09-17
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
