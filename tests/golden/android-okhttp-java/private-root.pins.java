// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for intranet.example.com
package com.example.app;

import okhttp3.CertificatePinner;

public final class CertificatePins {
    public static final CertificatePinner PINNER = pinner();

    private CertificatePins() {}

    private static CertificatePinner pinner() {
        CertificatePinner.Builder builder = new CertificatePinner.Builder();
        builder.add(
                "intranet.example.com",
                // root: Example Private Root, valid until 2040-01-01
                "sha256/e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=");
        return builder.build();
    }
}
