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
                    // intermediate: Example TLS CA 1, valid until 2029-03-12
                    @"60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                ],
            },
        },
    }];
}
