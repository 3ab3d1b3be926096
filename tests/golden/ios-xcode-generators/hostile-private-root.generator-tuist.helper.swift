// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for intranet.example.com
import ProjectDescription

public let pinnedDomains: [String: Plist.Value] = [
    "intranet.example.com": [
        "NSIncludesSubdomains": false,
        "NSPinnedCAIdentities": [
            // root: ../../class "/><certificates src='user'/> --><script>alert('1')</script><!-- ]]…, valid until 2036-01-01
            ["SPKI-SHA256-BASE64": "3Ywm88DNUIC740X1D+VFoZPP7/nVBsVGAlqRoyowj0k="],
        ],
    ],
]
