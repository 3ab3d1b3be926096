// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 11 keys for api.example.com
// There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.
import TrustKit

func startPinning() {
    let pinnedDomains: [String: [String: Any]] = [
        "api.example.com": [
            kTSKIncludeSubdomains: true,
            kTSKDisableDefaultReportUri: true,
            kTSKPublicKeyHashes: [
                // leaf: api.example.com, valid until 2027-03-31
                "veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
                // leaf: api.example.com, valid until 2027-03-31
                "zjG4DDFz+kWPaCd9QEOBGsEuklc6p+w+3yquziE9wf8=",
                // backup key: certificate request CN=api.example.com,O=Example
                "dYxBeowYyCo/53rFyv549ja4EFgxx976fPr/gRxcpwI=",
                // backup key: certificate request second reserve
                "9eXicCjcX1P8YO4xeII5lycLCz/7+APtpw29KD4Id20=",
                // typed in: leaf pin
                "tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=",
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // intermediate: Other Issuing CA 7, valid until 2028-12-31
                "RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
                // root: Other Root X1, valid until 2040-09-17
                "Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
                // typed in: CA pin
                "ewHeWyjFsYjdfiHsmPDQe4zSRZFxI8DlLTVp0oc/tiM=",
                // typed in: leaf or CA pin, nobody said which
                "836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg=",
            ],
        ],
    ]
    let configuration: [String: Any] = [
        kTSKSwizzleNetworkDelegates: false,
        kTSKPinnedDomains: pinnedDomains,
    ]
    TrustKit.initSharedInstance(withConfiguration: configuration)
}
