// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for api.example.com
package com.example.app

import okhttp3.CertificatePinner

object CertificatePins {
    val pinner: CertificatePinner = CertificatePinner.Builder()
        .apply {
            add(
                "api.example.com",
                // leaf: --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / ${x}…, valid until 2027-03-31
                "sha256/QfVclHvXbXhR+TFjl3EndHxwKzxUmcT2rE3FhxYEOAs=",
                // intermediate: CA --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / $…, valid until 2029-03-12
                "sha256/M2Vyv2CTgda9QnW+LOG/850j3XlVMvIzIbu5QS81tqM=",
                // root: endless -- endless -- endless -- endless -- endless -- endless -- endless -- en…, valid until 2035-06-04
                "sha256/tU/98TWw+rKw7orbjbXnPpdk6MhAh6F5TEtZzMu+cHI="
            )
        }
        .build()
}
