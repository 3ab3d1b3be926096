# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for pay.example.net

# leaf: pay.example.net, valid until 2027-03-31
# leaf: pay.example.net, valid until 2027-03-31
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//zvQp5MkDs2foDY1+Mu/i78UrkVrkOCPOVk7O/AVfeko=;sha256//zjG4DDFz+kWPaCd9QEOBGsEuklc6p+w+3yquziE9wf8=' https://pay.example.net/
