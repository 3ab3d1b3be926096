# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for xn--bcher-kva.example

# leaf: bücher.example, valid until 2027-03-31
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//AkWKA0DRokPEgQaPrxehEreVe5oV66+flHMahGZ+/8o=' https://xn--bcher-kva.example/
