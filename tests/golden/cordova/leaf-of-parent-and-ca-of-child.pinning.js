// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 certificates for example.com and api.example.com
// What has to lie in www/certificates, and nothing else:
// example_com_fa345ded72a4.cer
// leaf: example.com, valid until 2027-03-31
// other_root_x1_77f4534c0e44.cer
// root: Other Root X1, valid until 2040-09-17
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
