// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for xn--bcher-kva.example
// There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.
#import <Foundation/Foundation.h>
#import <TrustKit/TrustKit.h>

void StartPinning(void) {
    [TrustKit initSharedInstanceWithConfiguration:@{
        kTSKSwizzleNetworkDelegates: @NO,
        kTSKPinnedDomains: @{
            @"xn--bcher-kva.example": @{
                kTSKIncludeSubdomains: @YES,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // leaf: bücher.example, valid until 2027-03-31
                    @"AkWKA0DRokPEgQaPrxehEreVe5oV66+flHMahGZ+/8o=",
                ],
            },
        },
    }];
}
