// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "api.example.com": [
        "NSIncludesSubdomains": true,
        "NSPinnedCAIdentities": [
            // root: Other Root X1, valid until 2040-09-17
            ["SPKI-SHA256-BASE64": "Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE="],
        ],
    ],
]
