// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for device.example.com
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "device.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedLeafIdentities": [
            // leaf: device.example.com, valid until 2027-03-31
            ["SPKI-SHA256-BASE64": "BS27BkaH50ylRBOjcE25TjwkWgNgVNTLnP9EqY8nFrY="],
        ],
    ],
]
