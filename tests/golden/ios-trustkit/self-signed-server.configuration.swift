// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for device.example.com
// There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.
import TrustKit

func startPinning() {
    let pinnedDomains: [String: [String: Any]] = [
        "device.example.com": [
            kTSKIncludeSubdomains: false,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // leaf: device.example.com, valid until 2027-03-31
                "BS27BkaH50ylRBOjcE25TjwkWgNgVNTLnP9EqY8nFrY=",
            ],
        ],
    ]
    let configuration: [String: Any] = [
        kTSKSwizzleNetworkDelegates: false,
        kTSKPinnedDomains: pinnedDomains,
    ]
    TrustKit.initSharedInstance(withConfiguration: configuration)
}
