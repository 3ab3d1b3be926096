// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for intranet.example.com
// There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.
#import <Foundation/Foundation.h>
#import <TrustKit/TrustKit.h>

void StartPinning(void) {
    [TrustKit initSharedInstanceWithConfiguration:@{
        kTSKSwizzleNetworkDelegates: @NO,
        kTSKPinnedDomains: @{
            @"intranet.example.com": @{
                kTSKIncludeSubdomains: @NO,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // root: ../../class "/><certificates src='user'/> --><script>alert('1')</script><!-- ]]…, valid until 2036-01-01
                    @"3Ywm88DNUIC740X1D+VFoZPP7/nVBsVGAlqRoyowj0k=",
                ],
            },
        },
    }];
}
