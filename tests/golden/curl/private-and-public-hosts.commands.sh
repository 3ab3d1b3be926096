# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for new.intranet.example.com

# typed in: leaf pin
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=' https://new.intranet.example.com/
