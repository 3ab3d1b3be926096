// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for xn--bcher-kva.example
// Needs OkHttp 4.3 or later: earlier versions accept **. and pin nothing for it.
package com.example.app;

import okhttp3.CertificatePinner;

public final class CertificatePins {
    public static final CertificatePinner PINNER = pinner();

    private CertificatePins() {}

    private static CertificatePinner pinner() {
        CertificatePinner.Builder builder = new CertificatePinner.Builder();
        builder.add(
                "**.xn--bcher-kva.example",
                // leaf: bücher.example, valid until 2027-03-31
                "sha256/AkWKA0DRokPEgQaPrxehEreVe5oV66+flHMahGZ+/8o=");
        return builder.build();
    }
}
