// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 5 keys for api.example.com and unknown.example.org
// There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.
#import <Foundation/Foundation.h>
#import <TrustKit/TrustKit.h>

void StartPinning(void) {
    [TrustKit initSharedInstanceWithConfiguration:@{
        kTSKSwizzleNetworkDelegates: @NO,
        kTSKPinnedDomains: @{
            @"api.example.com": @{
                kTSKIncludeSubdomains: @NO,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // leaf: api.example.com, valid until 2027-03-31
                    @"veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
                    // typed in: leaf pin
                    @"tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=",
                    // intermediate: Example TLS CA 1, valid until 2029-03-12, also typed in
                    @"60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                    // typed in: CA pin, the key of Other Root X1
                    @"Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
                    // typed in: leaf or CA pin, nobody said which
                    @"836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg=",
                ],
            },
            @"unknown.example.org": @{
                kTSKIncludeSubdomains: @NO,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // typed in: leaf or CA pin, nobody said which
                    @"836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg=",
                ],
            },
        },
    }];
}
