// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "api.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedLeafIdentities": [
            // leaf: api.example.com, valid until 2027-03-31
            ["SPKI-SHA256-BASE64": "veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc="],
        ],
    ],
]
