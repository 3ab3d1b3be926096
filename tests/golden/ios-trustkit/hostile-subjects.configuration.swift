// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for api.example.com
// There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.
import TrustKit

func startPinning() {
    let pinnedDomains: [String: [String: Any]] = [
        "api.example.com": [
            kTSKIncludeSubdomains: false,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // leaf: --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / ${x}…, valid until 2027-03-31
                "QfVclHvXbXhR+TFjl3EndHxwKzxUmcT2rE3FhxYEOAs=",
                // intermediate: CA --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / $…, valid until 2029-03-12
                "M2Vyv2CTgda9QnW+LOG/850j3XlVMvIzIbu5QS81tqM=",
                // root: endless -- endless -- endless -- endless -- endless -- endless -- endless -- en…, valid until 2035-06-04
                "tU/98TWw+rKw7orbjbXnPpdk6MhAh6F5TEtZzMu+cHI=",
            ],
        ],
    ]
    let configuration: [String: Any] = [
        kTSKSwizzleNetworkDelegates: false,
        kTSKPinnedDomains: pinnedDomains,
    ]
    TrustKit.initSharedInstance(withConfiguration: configuration)
}
