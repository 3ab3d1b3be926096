# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com

# leaf: api.example.com, valid until 2027-03-31
# leaf: api.example.com, valid until 2027-06-30
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=;sha256//zjG4DDFz+kWPaCd9QEOBGsEuklc6p+w+3yquziE9wf8=' https://api.example.com/
