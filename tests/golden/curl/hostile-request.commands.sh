# Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com

# backup key: certificate request CN_--__script_alert’1’_/script___-- ___ _pin digest__SHA-256__ _amp_ _ _’ _ _…
curl --silent --show-error --output /dev/null --pinnedpubkey 'sha256//gptR5xQh7yb53UcgCknaBH22hAF1Y9JQSDxzZMXfMLo=' https://api.example.com/
