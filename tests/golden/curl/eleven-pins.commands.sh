# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 5 keys for api.example.com

# leaf: api.example.com, valid until 2027-03-31
# leaf: api.example.com, valid until 2027-03-31
# backup key: certificate request CN_api.example.com,O_Example
# backup key: certificate request second reserve
# typed in: leaf pin
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=;sha256//zjG4DDFz+kWPaCd9QEOBGsEuklc6p+w+3yquziE9wf8=;sha256//dYxBeowYyCo/53rFyv549ja4EFgxx976fPr/gRxcpwI=;sha256//9eXicCjcX1P8YO4xeII5lycLCz/7+APtpw29KD4Id20=;sha256//tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=' https://api.example.com/
