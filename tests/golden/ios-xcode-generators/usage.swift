infoPlist: .extendingDefault(with: [
    "NSAppTransportSecurity": [
        "NSPinnedDomains": .dictionary(pinnedDomains),
    ],
]),
