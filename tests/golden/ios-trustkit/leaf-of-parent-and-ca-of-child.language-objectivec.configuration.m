// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for example.com and api.example.com
// There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.
#import <Foundation/Foundation.h>
#import <TrustKit/TrustKit.h>

void StartPinning(void) {
    [TrustKit initSharedInstanceWithConfiguration:@{
        kTSKSwizzleNetworkDelegates: @NO,
        kTSKPinnedDomains: @{
            @"example.com": @{
                kTSKIncludeSubdomains: @YES,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // leaf: example.com, valid until 2027-03-31
                    @"f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA=",
                ],
            },
            @"api.example.com": @{
                kTSKIncludeSubdomains: @NO,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // root: Other Root X1, valid until 2040-09-17
                    @"Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
                    // leaf (pin of example.com, whose sub-domains include this host): example.com, valid until 2027-03-31
                    @"f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA=",
                ],
            },
        },
    }];
}
