# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com

# leaf: api.example.com, valid until 2027-03-31
# backup key: certificate request CN_api.example.com,O_Example
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=;sha256//dYxBeowYyCo/53rFyv549ja4EFgxx976fPr/gRxcpwI=' https://api.example.com/
