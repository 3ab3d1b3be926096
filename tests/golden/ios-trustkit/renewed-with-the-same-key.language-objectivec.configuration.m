// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
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
                    // leaf: api.example.com, valid until 2027-09-30, and 1 more certificate with this key
                    @"veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
                ],
            },
        },
    }];
}
