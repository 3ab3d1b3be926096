// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "api.example.com": [
        "NSIncludesSubdomains": true,
        "NSPinnedCAIdentities": [
            // intermediate: Example TLS CA 1, valid until 2029-03-12
            ["SPKI-SHA256-BASE64": "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k="],
            // root: Example Root R1, valid until 2035-06-04
            ["SPKI-SHA256-BASE64": "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="],
        ],
    ],
]
