// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 6 keys for api.example.com, auth.example.com and 4 more
// There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.
import TrustKit

func startPinning() {
    let pinnedDomains: [String: [String: Any]] = [
        "api.example.com": [
            kTSKIncludeSubdomains: false,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
            ],
        ],
        "auth.example.com": [
            kTSKIncludeSubdomains: false,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
            ],
        ],
        "img.example.com": [
            kTSKIncludeSubdomains: false,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
            ],
        ],
        "static.example.com": [
            kTSKIncludeSubdomains: true,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
            ],
        ],
        "pay.example.net": [
            kTSKIncludeSubdomains: false,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // leaf: pay.example.net, valid until 2027-03-31
                "zvQp5MkDs2foDY1+Mu/i78UrkVrkOCPOVk7O/AVfeko=",
                // leaf: pay.example.net, valid until 2027-03-31
                "zjG4DDFz+kWPaCd9QEOBGsEuklc6p+w+3yquziE9wf8=",
            ],
        ],
        "partner.example.org": [
            kTSKIncludeSubdomains: true,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // intermediate: Other Issuing CA 7, valid until 2028-12-31
                "RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                // root: Other Root X1, valid until 2040-09-17
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
