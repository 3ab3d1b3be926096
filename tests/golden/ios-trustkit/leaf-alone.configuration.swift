// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
// There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.
import TrustKit

func startPinning() {
    let pinnedDomains: [String: [String: Any]] = [
        "api.example.com": [
            kTSKIncludeSubdomains: false,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // leaf: api.example.com, valid until 2027-03-31
                "veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
            ],
        ],
    ]
    let configuration: [String: Any] = [
        kTSKSwizzleNetworkDelegates: false,
        kTSKPinnedDomains: pinnedDomains,
    ]
    TrustKit.initSharedInstance(withConfiguration: configuration)
}
