// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com
package com.example.app;

import okhttp3.CertificatePinner;

public final class CertificatePins {
    public static final CertificatePinner PINNER = pinner();

    private CertificatePins() {}

    private static CertificatePinner pinner() {
        CertificatePinner.Builder builder = new CertificatePinner.Builder();
        builder.add(
                "api.example.com",
                // backup key: certificate request CN=--><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / $…
                "sha256/gptR5xQh7yb53UcgCknaBH22hAF1Y9JQSDxzZMXfMLo=",
                // typed in: CA pin, the key of --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / ${x}…
                "sha256/Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=");
        return builder.build();
    }
}
