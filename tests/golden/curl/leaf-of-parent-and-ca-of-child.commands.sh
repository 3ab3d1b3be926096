# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for example.com and api.example.com

# leaf: example.com, valid until 2027-03-31
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA=' https://example.com/

# leaf pin of example.com, whose sub-domains include this host: example.com, valid until 2027-03-31
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA=' https://api.example.com/
