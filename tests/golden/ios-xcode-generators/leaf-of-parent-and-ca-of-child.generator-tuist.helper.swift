// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for example.com and api.example.com
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "example.com": [
        "NSIncludesSubdomains": true,
        "NSPinnedLeafIdentities": [
            // leaf: example.com, valid until 2027-03-31
            ["SPKI-SHA256-BASE64": "f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA="],
        ],
    ],
    "api.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedCAIdentities": [
            // root: Other Root X1, valid until 2040-09-17
            ["SPKI-SHA256-BASE64": "Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE="],
        ],
    ],
]
