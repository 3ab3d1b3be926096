// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 4 keys for api.example.com, intranet.example.com and 4 more
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
                    // root: Example Root R1, valid until 2035-06-04
                    @"VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
                ],
            },
            @"intranet.example.com": @{
                kTSKIncludeSubdomains: @YES,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // root: Example Private Root, valid until 2040-01-01
                    @"e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=",
                ],
            },
            @"wiki.intranet.example.com": @{
                kTSKIncludeSubdomains: @NO,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // root: Example Root R1, valid until 2035-06-04
                    @"VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
                    // root (pin of intranet.example.com, whose sub-domains include this host): Example Private Root, valid until 2040-01-01
                    @"e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=",
                ],
            },
            @"new.intranet.example.com": @{
                kTSKIncludeSubdomains: @NO,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // typed in: leaf pin
                    @"tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=",
                    // root (pin of intranet.example.com, whose sub-domains include this host): Example Private Root, valid until 2040-01-01
                    @"e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=",
                ],
            },
            @"moving.example.com": @{
                kTSKIncludeSubdomains: @NO,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // root: Example Private Root, valid until 2040-01-01
                    @"e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=",
                    // root: Example Root R1, valid until 2035-06-04
                    @"VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
                ],
            },
            @"proxied.example.com": @{
                kTSKIncludeSubdomains: @NO,
                kTSKDisableDefaultReportUri: @YES,
                kTSKPublicKeyHashes: @[
                    // root: mitmproxy, valid until 2036-01-01
                    @"t51bkfhYRV8/y+gZK/Uk0FjNN8AOgGjjeZYSvI3fq8s=",
                ],
            },
        },
    }];
}
