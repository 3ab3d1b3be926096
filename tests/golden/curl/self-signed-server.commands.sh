# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for device.example.com

# leaf: device.example.com, valid until 2027-03-31
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//BS27BkaH50ylRBOjcE25TjwkWgNgVNTLnP9EqY8nFrY=' https://device.example.com/
