// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "api.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedCAIdentities": [
            // typed in: CA pin, the key of --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / ${x}…
            ["SPKI-SHA256-BASE64": "Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE="],
        ],
    ],
]
