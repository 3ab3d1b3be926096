// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for example.com, eu.example.com and 1 more
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
                    // root: Example Root R1, valid until 2035-06-04
                    @"VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
                ],
            },
            @"eu.example.com": @{
                kTSKIncludeSubdomains: @YES,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // intermediate: Other Issuing CA 7, valid until 2028-12-31
                    @"RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                    // root (pin of example.com, whose sub-domains include this host): Example Root R1, valid until 2035-06-04
                    @"VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
                ],
            },
            @"api.eu.example.com": @{
                kTSKIncludeSubdomains: @NO,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // intermediate: Example TLS CA 1, valid until 2029-03-12
                    @"60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                    // intermediate (pin of eu.example.com, whose sub-domains include this host): Other Issuing CA 7, valid until 2028-12-31
                    @"RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                    // root (pin of example.com, whose sub-domains include this host): Example Root R1, valid until 2035-06-04
                    @"VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
                ],
            },
        },
    }];
}
