// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 4 keys for api.example.com, intranet.example.com and 4 more
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
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        builder.add(
                "**.intranet.example.com",
                // root: Example Private Root, valid until 2040-01-01
                "sha256/e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=");
        builder.add(
                "wiki.intranet.example.com",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
                // root (pin of intranet.example.com, whose sub-domains include this host): Example Private Root, valid until 2040-01-01
                "sha256/e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=");
        builder.add(
                "new.intranet.example.com",
                // typed in: leaf pin
                "sha256/tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=",
                // root (pin of intranet.example.com, whose sub-domains include this host): Example Private Root, valid until 2040-01-01
                "sha256/e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=");
        builder.add(
                "moving.example.com",
                // root: Example Private Root, valid until 2040-01-01
                "sha256/e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=");
        builder.add(
                "proxied.example.com",
                // root: mitmproxy, valid until 2036-01-01
                "sha256/t51bkfhYRV8/y+gZK/Uk0FjNN8AOgGjjeZYSvI3fq8s=");
        return builder.build();
    }
}
