// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "api.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedCAIdentities": [
            // intermediate: CA --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / $…, valid until 2029-03-12
            ["SPKI-SHA256-BASE64": "M2Vyv2CTgda9QnW+LOG/850j3XlVMvIzIbu5QS81tqM="],
            // root: endless -- endless -- endless -- endless -- endless -- endless -- endless -- en…, valid until 2035-06-04
            ["SPKI-SHA256-BASE64": "tU/98TWw+rKw7orbjbXnPpdk6MhAh6F5TEtZzMu+cHI="],
        ],
    ],
]
