// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for xn--bcher-kva.example
// What has to lie in www/certificates, and nothing else:
// bucher_example_289f8fa0ba07.cer
// leaf: bücher.example, valid until 2027-03-31
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
