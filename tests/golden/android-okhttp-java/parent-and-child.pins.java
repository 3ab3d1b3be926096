// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for api.example.com and example.com
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
                // root: Other Root X1, valid until 2040-09-17
                "sha256/Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
                // intermediate (pin of example.com, whose sub-domains include this host): Example TLS CA 1, valid until 2029-03-12
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root (pin of example.com, whose sub-domains include this host): Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        builder.add(
                "**.example.com",
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        return builder.build();
    }
}
