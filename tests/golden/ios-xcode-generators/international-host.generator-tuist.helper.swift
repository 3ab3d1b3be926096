// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for xn--bcher-kva.example
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "xn--bcher-kva.example": [
        "NSIncludesSubdomains": true,
        "NSPinnedLeafIdentities": [
            // leaf: bücher.example, valid until 2027-03-31
            ["SPKI-SHA256-BASE64": "AkWKA0DRokPEgQaPrxehEreVe5oV66+flHMahGZ+/8o="],
        ],
    ],
]
