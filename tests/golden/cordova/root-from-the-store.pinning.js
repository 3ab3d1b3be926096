// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for api.example.com
// What has to lie in www/certificates, and nothing else:
// example_root_r1_c075daaea368.cer
// root: Example Root R1, valid until 2035-06-04
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
