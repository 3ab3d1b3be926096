// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for example.com, eu.example.com and 1 more
// Needs OkHttp 4.3 or later: earlier versions accept **. and pin nothing for it.
package com.example.app;

import okhttp3.CertificatePinner;

public final class CertificatePins {
    public static final CertificatePinner PINNER = pinner();

    private CertificatePins() {}

    private static CertificatePinner pinner() {
        CertificatePinner.Builder builder = new CertificatePinner.Builder();
        builder.add(
                "**.example.com",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        builder.add(
                "**.eu.example.com",
                // intermediate: Other Issuing CA 7, valid until 2028-12-31
                "sha256/RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                // root (pin of example.com, whose sub-domains include this host): Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        builder.add(
                "api.eu.example.com",
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // intermediate (pin of eu.example.com, whose sub-domains include this host): Other Issuing CA 7, valid until 2028-12-31
                "sha256/RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                // root (pin of example.com, whose sub-domains include this host): Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        return builder.build();
    }
}
