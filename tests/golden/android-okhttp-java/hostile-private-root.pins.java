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
                // root: ../../class "/><certificates src='user'/> --><script>alert('1')</script><!-- ]]…, valid until 2036-01-01
                "sha256/3Ywm88DNUIC740X1D+VFoZPP7/nVBsVGAlqRoyowj0k=");
        return builder.build();
    }
}
