# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com

# leaf: api.example.com, valid until 2027-03-31
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=' https://api.example.com/
