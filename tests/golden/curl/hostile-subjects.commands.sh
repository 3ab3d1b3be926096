# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com

# leaf: --__script_alert’1’_/script___-- ___ _pin digest__SHA-256__ _amp_ _ _’ _ __x_…, valid until 2027-03-31
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//QfVclHvXbXhR+TFjl3EndHxwKzxUmcT2rE3FhxYEOAs=' https://api.example.com/
