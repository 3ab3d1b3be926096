// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for device.example.com
package com.example.app;

import okhttp3.CertificatePinner;

public final class CertificatePins {
    public static final CertificatePinner PINNER = pinner();

    private CertificatePins() {}

    private static CertificatePinner pinner() {
        CertificatePinner.Builder builder = new CertificatePinner.Builder();
        builder.add(
                "device.example.com",
                // leaf: device.example.com, valid until 2027-03-31
                "sha256/BS27BkaH50ylRBOjcE25TjwkWgNgVNTLnP9EqY8nFrY=");
        return builder.build();
    }
}
