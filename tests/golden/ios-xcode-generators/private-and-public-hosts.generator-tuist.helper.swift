// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for api.example.com, intranet.example.com and 4 more
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "api.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedCAIdentities": [
            // root: Example Root R1, valid until 2035-06-04
            ["SPKI-SHA256-BASE64": "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="],
        ],
    ],
    "intranet.example.com": [
        "NSIncludesSubdomains": true,
        "NSPinnedCAIdentities": [
            // root: Example Private Root, valid until 2040-01-01
            ["SPKI-SHA256-BASE64": "e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc="],
        ],
    ],
    "wiki.intranet.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedCAIdentities": [
            // root: Example Root R1, valid until 2035-06-04
            ["SPKI-SHA256-BASE64": "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="],
            // root (pin of intranet.example.com, whose sub-domains include this host): Example Private Root, valid until 2040-01-01
            ["SPKI-SHA256-BASE64": "e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc="],
        ],
    ],
    "new.intranet.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedCAIdentities": [
            // root (pin of intranet.example.com, whose sub-domains include this host): Example Private Root, valid until 2040-01-01
            ["SPKI-SHA256-BASE64": "e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc="],
        ],
    ],
    "moving.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedCAIdentities": [
            // root: Example Private Root, valid until 2040-01-01
            ["SPKI-SHA256-BASE64": "e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc="],
            // root: Example Root R1, valid until 2035-06-04
            ["SPKI-SHA256-BASE64": "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="],
        ],
    ],
    "proxied.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedCAIdentities": [
            // root: mitmproxy, valid until 2036-01-01
            ["SPKI-SHA256-BASE64": "t51bkfhYRV8/y+gZK/Uk0FjNN8AOgGjjeZYSvI3fq8s="],
        ],
    ],
]
