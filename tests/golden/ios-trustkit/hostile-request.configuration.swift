// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com
// There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.
import TrustKit

func startPinning() {
    let pinnedDomains: [String: [String: Any]] = [
        "api.example.com": [
            kTSKIncludeSubdomains: false,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // backup key: certificate request CN=--><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / $…
                "gptR5xQh7yb53UcgCknaBH22hAF1Y9JQSDxzZMXfMLo=",
                // typed in: CA pin, the key of --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / ${x}…
                "Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
            ],
        ],
    ]
    let configuration: [String: Any] = [
        kTSKSwizzleNetworkDelegates: false,
        kTSKPinnedDomains: pinnedDomains,
    ]
    TrustKit.initSharedInstance(withConfiguration: configuration)
}
