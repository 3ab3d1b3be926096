// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "api.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedCAIdentities": [
            // intermediate: Example TLS CA 1, valid until 2029-03-12, also typed in
            ["SPKI-SHA256-BASE64": "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k="],
            // typed in: CA pin, the key of Other Root X1
            ["SPKI-SHA256-BASE64": "Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE="],
        ],
    ],
]
