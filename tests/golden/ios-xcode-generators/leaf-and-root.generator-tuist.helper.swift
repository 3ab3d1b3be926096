// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "api.example.com": [
        "NSIncludesSubdomains": true,
        "NSPinnedCAIdentities": [
            // root: Example Root R1, valid until 2035-06-04
            ["SPKI-SHA256-BASE64": "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="],
        ],
    ],
]
