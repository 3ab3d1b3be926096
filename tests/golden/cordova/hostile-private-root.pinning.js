// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for intranet.example.com
// What has to lie in www/certificates, and nothing else:
// class_certificates_src_user_script_alert_01fa7c663de9.cer
// root: ../../class "/><certificates src='user'/> --><script>alert('1')</script><!-- ]]…, valid until 2036-01-01
function startPinning() {
  return new Promise((resolve, reject) => {
    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)
  })
}
