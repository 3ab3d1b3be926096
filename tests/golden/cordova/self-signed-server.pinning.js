// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for device.example.com
// What has to lie in www/certificates, and nothing else:
// device_example_com_fe44710a766d.cer
// leaf: device.example.com, valid until 2027-03-31
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
