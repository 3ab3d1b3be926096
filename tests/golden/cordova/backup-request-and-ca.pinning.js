// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 certificates for api.example.com
// What has to lie in www/certificates, and nothing else:
// api_example_com_e3fff42703c0.cer
// leaf: api.example.com, valid until 2027-03-31
// example_root_r1_c075daaea368.cer
// root: Example Root R1, valid until 2035-06-04
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
