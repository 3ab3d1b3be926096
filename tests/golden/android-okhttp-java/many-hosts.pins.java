// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 6 keys for api.example.com, auth.example.com and 4 more
// Needs OkHttp 4.3 or later: earlier versions accept **. and pin nothing for it.
package com.example.app;

import okhttp3.CertificatePinner;

public final class CertificatePins {
    public static final CertificatePinner PINNER = pinner();

    private CertificatePins() {}

    private static CertificatePinner pinner() {
        CertificatePinner.Builder builder = new CertificatePinner.Builder();
        builder.add(
                "api.example.com",
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        builder.add(
                "auth.example.com",
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        builder.add(
                "img.example.com",
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        builder.add(
                "**.static.example.com",
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        builder.add(
                "pay.example.net",
                // leaf: pay.example.net, valid until 2027-03-31
                "sha256/zvQp5MkDs2foDY1+Mu/i78UrkVrkOCPOVk7O/AVfeko=",
                // leaf: pay.example.net, valid until 2027-03-31
                "sha256/zjG4DDFz+kWPaCd9QEOBGsEuklc6p+w+3yquziE9wf8=");
        builder.add(
                "**.partner.example.org",
                // intermediate: Other Issuing CA 7, valid until 2028-12-31
                "sha256/RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                // root: Other Root X1, valid until 2040-09-17
                "sha256/Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=");
        return builder.build();
    }
}
