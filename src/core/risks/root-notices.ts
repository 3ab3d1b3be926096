// Written by scripts/build-root-notices.mjs from the reference data of 2026-11-21; not edited by hand (README.md).
import type { RootNotice } from './root-notice.ts'

/** Earliest first. */
export const ROOT_NOTICES = {
  'wosign-startcom': {
    kind: 'distrust',
    programmes: ['all'],
    effective: '2016-10-21',
    severity: 'error',
    text: 'Chrome, Mozilla and Apple do not accept what WoSign and StartCom issued after 21 October 2016, or at Apple from 1 December 2016; Android dropped their roots with Android 8.1.',
    sources: [
      'https://security.googleblog.com/2016/10/distrusting-wosign-and-startcom.html',
      'https://support.apple.com/103723',
    ],
  },
  'symantec-chrome': {
    kind: 'distrust',
    programmes: ['chrome'],
    effective: '2018-10-16',
    severity: 'error',
    text: 'Chrome dropped the old Symantec roots in two steps, on 17 April and 16 October 2018. Pins copied from old articles often name them.',
    sources: [
      'https://security.googleblog.com/2018/03/distrust-of-symantec-pki-immediate.html',
      'https://malware.news/t/distrust-of-the-symantec-pki-immediate-action-needed-by-site-operators/18566',
    ],
  },
  'addtrust-expired': {
    kind: 'expiry',
    programmes: ['all'],
    effective: '2020-05-30',
    severity: 'error',
    text: 'Old chains of Sectigo and COMODO contain this root, which ended on 30 May 2020, or its cross-certificates.',
    sources: ['https://www.ssl2buy.com/wiki/sectigo-addtrust-external-ca-root-expired-on-may-30-2020'],
  },
  'camerfirma-chrome': {
    kind: 'distrust',
    programmes: ['chrome'],
    effective: '2021-04',
    severity: 'error',
    text: 'Chrome 90 and later trust no server certificate of AC Camerfirma, and Mozilla removed its roots.',
    sources: [
      'https://cert.bournemouth.ac.uk/spanish-banished-google-chrome-to-snub-camerfirma-for-lax-cert-management/',
      'https://bugzilla.mozilla.org/show_bug.cgi?id=1850982',
    ],
  },
  'dst-x3-expired': {
    kind: 'expiry',
    programmes: ['all'],
    effective: '2021-09-30',
    severity: 'error',
    text: 'The root ended on 30 September 2021, and its cross-certificate for ISRG Root X1 on 30 September 2024. Chains of Let’s Encrypt end at ISRG Root X1 instead, which Android has from 7.1.',
    sources: ['https://letsencrypt.org/2023/07/10/cross-sign-expiration.html'],
  },
  'symantec-apple': {
    kind: 'distrust',
    programmes: ['apple'],
    effective: '2022-01-31',
    severity: 'error',
    text: 'Apple distrusted and removed the old Symantec roots in two steps, on 10 September 2021 and 31 January 2022.',
    sources: ['https://knowledge.digicert.com/alerts/ALERT2562.html'],
  },
  trustcor: {
    kind: 'distrust',
    programmes: ['chrome', 'mozilla', 'microsoft', 'android'],
    effective: '2022-11-30',
    severity: 'error',
    text: 'Mozilla accepts nothing that TrustCor issued after 30 November 2022, Chrome nothing of it from version 111; Android dropped its roots with Android 14 and with security updates for 11 to 13.',
    sources: [
      'https://security.googleblog.com/2023/01/sustaining-digital-certificate-security_13.html',
      'https://bugzilla.mozilla.org/show_bug.cgi?id=1851049',
    ],
  },
  etugra: {
    kind: 'distrust',
    programmes: ['mozilla', 'chrome', 'android'],
    effective: '2023-06',
    severity: 'error',
    text: 'Mozilla removed the roots of E-Tugra on 19 July 2023, and Android with security updates of the same summer.',
    sources: [
      'https://bugzilla.mozilla.org/show_bug.cgi?id=1822936',
      'https://bugzilla.mozilla.org/show_bug.cgi?id=1842928',
    ],
  },
  'entrust-chrome': {
    kind: 'distrust',
    programmes: ['chrome'],
    effective: '2024-11-11',
    severity: 'error',
    text: 'Chrome accepts certificates of Entrust and AffirmTrust only when they were first logged by 11 November 2024, and lists their roots no longer.',
    sources: [
      'https://security.googleblog.com/2024/06/sustaining-digital-certificate-security.html',
      'https://w3bmast3r.com/blog/google/page/2/',
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'camerfirma-apple': {
    kind: 'distrust',
    programmes: ['apple'],
    effective: '2024-11-15',
    severity: 'error',
    text: 'Apple accepts certificates of AC Camerfirma only when they were issued by 15 November 2024.',
    sources: ['https://support.apple.com/121668'],
    sparesOlder: true,
  },
  'entrust-apple': {
    kind: 'distrust',
    programmes: ['apple'],
    effective: '2024-11-15',
    severity: 'error',
    text: 'Apple accepts certificates of Entrust and AffirmTrust only when they were issued by 15 November 2024.',
    sources: [
      'https://support.apple.com/121668',
      'https://www.entrust.com/tls-certificate-information-center/apple-changes-regarding-entrust-roots',
    ],
    sparesOlder: true,
  },
  'entrust-mozilla': {
    kind: 'distrust',
    programmes: ['mozilla'],
    effective: '2024-11-30',
    severity: 'error',
    text: 'Mozilla accepts certificates under this root only when they were issued by 30 November 2024.',
    sources: [
      'https://hg.mozilla.org/mozilla-central/file/tip/security/nss/lib/ckfw/builtins/certdata.txt',
      'https://bugzilla.mozilla.org/show_bug.cgi?id=1922387',
    ],
  },
  'chunghwa-mozilla': {
    kind: 'distrust',
    programmes: ['mozilla'],
    effective: '2025-04-15',
    severity: 'warning',
    text: 'Mozilla accepts certificates under this root only when they were issued by 15 April 2025.',
    sources: [
      'https://bugzilla.mozilla.org/show_bug.cgi?id=1974299',
      'https://hg.mozilla.org/mozilla-central/file/tip/security/nss/lib/ckfw/builtins/certdata.txt',
    ],
  },
  'mozilla-lifecycle-2025': {
    kind: 'phase-out',
    programmes: ['mozilla'],
    effective: '2025-04-15',
    severity: 'warning',
    text: 'Mozilla ended TLS trust on 15 April 2025 in roots whose keys were made before 2006.',
    sources: ['https://wiki.mozilla.org/CA/Root_CA_Lifecycles', 'https://bugzilla.mozilla.org/show_bug.cgi?id=1957685'],
  },
  'baltimore-expired': {
    kind: 'expiry',
    programmes: ['all'],
    effective: '2025-05-12',
    severity: 'error',
    text: 'The root ended on 12 May 2025.',
    sources: [
      'https://knowledge.digicert.com/general-information/digicert-root-and-intermediate-ca-certificate-updates-2023',
    ],
  },
  'sectigo-migration': {
    kind: 'phase-out',
    programmes: ['ca'],
    effective: '2025-06-02',
    severity: 'warning',
    text: 'Sectigo has issued from its roots Sectigo Public Server Authentication Root R46 and E46 since 2 June 2025, and says that its COMODO and USERTrust roots lose the trust of Chrome and Mozilla between 2025 and 2027.',
    sources: [
      'https://www.sectigo.com/resource-library/changes-to-root-ca-hierarchies-and-trust-status',
      'https://www.sectigo.com/knowledge-base/detail/Sectigo-Public-Root-CAs-Migration',
    ],
  },
  'chrome-sct-2025-07-31': {
    kind: 'distrust',
    programmes: ['chrome'],
    effective: '2025-07-31',
    severity: 'warning',
    text: 'Chrome accepts certificates under this root only when they were first logged by 31 July 2025.',
    sources: [
      'https://security.googleblog.com/2025/05/sustaining-digital-certificate-security-chrome-root-store-changes.html',
      'https://www.securityweek.com/chrome-to-distrust-chunghwa-telecom-and-netlock-certificates/amp/',
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'chrome-sct-2025-10-31': {
    kind: 'phase-out',
    programmes: ['chrome'],
    effective: '2025-10-31',
    severity: 'warning',
    text: 'Chrome accepts certificates under this root only when they were first logged by 31 October 2025.',
    sources: [
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'android16-qpr2-removals': {
    kind: 'removed',
    programmes: ['android'],
    effective: '2025-12',
    severity: 'error',
    text: 'An update of Android 16 in December 2025 no longer has this root, nor has Android 17. Phones with older systems keep it.',
    sources: ['https://android.googlesource.com/platform/system/ca-certificates'],
  },
  'gts-r2-mozilla': {
    kind: 'phase-out',
    programmes: ['mozilla'],
    effective: '2026-04-09',
    severity: 'info',
    text: 'Mozilla ended TLS trust in GTS Root R2 on 9 April 2026.',
    sources: ['https://bugzilla.mozilla.org/show_bug.cgi?id=2020137'],
  },
  'chrome-sct-2026-04-14': {
    kind: 'phase-out',
    programmes: ['chrome'],
    effective: '2026-04-14',
    severity: 'warning',
    text: 'Chrome accepts certificates under this root only when they were first logged by 14 April 2026.',
    sources: [
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'digicert-g1': {
    kind: 'phase-out',
    programmes: ['mozilla', 'chrome'],
    effective: '2026-04-15',
    severity: 'error',
    text: 'Mozilla ended TLS trust in the first roots of DigiCert on 15 April 2026, and Chrome lists them no longer; Android 17 and iOS 26 still do. DigiCert has issued from its G2 and G3 roots since 8 March 2023.',
    sources: [
      'https://knowledge.digicert.com/general-information/digicert-root-and-intermediate-ca-certificate-updates-2023',
      'https://knowledge.digicert.com/alerts/digicert-tls-root-strategy-aligning-with-industry-standards',
      'https://wiki.mozilla.org/CA/Root_CA_Lifecycles',
    ],
  },
  'izenpe-mozilla': {
    kind: 'phase-out',
    programmes: ['mozilla'],
    effective: '2026-04-15',
    severity: 'warning',
    text: 'Mozilla accepts certificates under this root only when they were issued by 15 April 2026.',
    sources: ['https://bugzilla.mozilla.org/show_bug.cgi?id=2017322'],
  },
  'mozilla-lifecycle-2026': {
    kind: 'phase-out',
    programmes: ['mozilla'],
    effective: '2026-04-15',
    severity: 'warning',
    text: 'Mozilla ended TLS trust in this root on 15 April 2026, together with all roots whose keys were made in 2006 and 2007.',
    sources: ['https://wiki.mozilla.org/CA/Root_CA_Lifecycles'],
  },
  'chrome-sct-2026-05-28': {
    kind: 'phase-out',
    programmes: ['chrome'],
    effective: '2026-05-28',
    severity: 'warning',
    text: 'Chrome accepts certificates under this root only when they were first logged by 28 May 2026.',
    sources: [
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'entrust-android17': {
    kind: 'removed',
    programmes: ['android'],
    effective: '2026-06',
    severity: 'error',
    text: 'Android 17, of June 2026, has no root of Entrust any more; one was gone with Android 16, another with an update of it.',
    sources: ['https://android.googlesource.com/platform/system/ca-certificates'],
  },
  'chrome-sct-2026-06-14': {
    kind: 'phase-out',
    programmes: ['chrome'],
    effective: '2026-06-14',
    severity: 'warning',
    text: 'Chrome accepts certificates under this root only when they were first logged by 14 June 2026.',
    sources: [
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'chrome-sct-2026-06-30': {
    kind: 'phase-out',
    programmes: ['chrome'],
    effective: '2026-06-30',
    severity: 'warning',
    text: 'Chrome accepts certificates under this root only when they were first logged by 30 June 2026.',
    sources: [
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'chrome-sct-2026-09-14': {
    kind: 'phase-out',
    programmes: ['chrome'],
    effective: '2026-09-14',
    severity: 'warning',
    text: 'Chrome accepts certificates under this root only when they were first logged by 14 September 2026.',
    sources: [
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'mozilla-lifecycle-2027': {
    kind: 'upcoming',
    programmes: ['mozilla'],
    effective: '2027-04-15',
    severity: 'info',
    text: 'Mozilla ends TLS trust on 15 April 2027 in roots whose keys were made in 2008 and 2009. That this root is one of them is an estimate from the first day of its certificate.',
    sources: ['https://wiki.mozilla.org/CA/Root_CA_Lifecycles'],
    isEstimate: true,
  },
  'chrome-sct-2027-06-14': {
    kind: 'phase-out',
    programmes: ['chrome'],
    effective: '2027-06-14',
    severity: 'warning',
    text: 'Chrome accepts certificates under this root only when they were first logged by 14 June 2027.',
    sources: [
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'chrome-sct-2027-08-30': {
    kind: 'phase-out',
    programmes: ['chrome'],
    effective: '2027-08-30',
    severity: 'warning',
    text: 'Chrome accepts certificates under this root only when they were first logged by 30 August 2027.',
    sources: [
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'chrome-sct-2027-09-14': {
    kind: 'phase-out',
    programmes: ['chrome'],
    effective: '2027-09-14',
    severity: 'warning',
    text: 'Chrome accepts certificates under this root only when they were first logged by 14 September 2027.',
    sources: [
      'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/root_store.textproto',
    ],
  },
  'globalsign-r1-expiry': {
    kind: 'expiry',
    programmes: ['all'],
    effective: '2028-01-28',
    severity: 'warning',
    text: 'The root ends on 28 January 2028, and on the same day its cross-certificates for GTS Root R1 and R4. Newer phones end such chains at GTS Root R1 or R4 itself.',
    sources: [
      'https://wiki.mozilla.org/CA/Root_CA_Lifecycles',
      'https://android.googlesource.com/platform/system/ca-certificates',
    ],
  },
  'mozilla-lifecycle-2028': {
    kind: 'upcoming',
    programmes: ['mozilla'],
    effective: '2028-04-15',
    severity: 'info',
    text: 'Mozilla ends TLS trust on 15 April 2028 in roots whose keys were made in 2010 and 2011. That this root is one of them is an estimate from the first day of its certificate.',
    sources: ['https://wiki.mozilla.org/CA/Root_CA_Lifecycles'],
    isEstimate: true,
  },
  'mozilla-lifecycle-2029': {
    kind: 'upcoming',
    programmes: ['mozilla'],
    effective: '2029-04-15',
    severity: 'info',
    text: 'Mozilla ends TLS trust on 15 April 2029 in roots whose keys were made from 2012 to 14 April 2014. That this root is one of them is an estimate from the first day of its certificate.',
    sources: ['https://wiki.mozilla.org/CA/Root_CA_Lifecycles'],
    isEstimate: true,
  },
  'isrg-x1-2030': {
    kind: 'phase-out',
    programmes: ['issuer'],
    effective: '2030-06-04',
    severity: 'info',
    text: 'Let’s Encrypt expects that ISRG Root X1 is trusted until about 4 June 2030, 15 years after its key was made, although the certificate itself ends in 2035.',
    sources: ['https://letsencrypt.org/certificates/'],
    isEstimate: true,
  },
} as const satisfies Readonly<Record<string, RootNotice>>

/** Which of them are about the roots with a key. */
export const ROOT_NOTICE_IDS: Readonly<Record<string, readonly (keyof typeof ROOT_NOTICES)[]>> = {
  // Certification Authority of WoSign
  '1qGEQ9NI25lPk0zNjmNdgzonrB5W+K+vfJfLT0Pqtos=': ['wosign-startcom'],
  // CA 沃通根证书
  '2xXABitSDzGKGdrP7NZPnno/vmCf1YZ5byCuAo6OMFg=': ['wosign-startcom'],
  // StartCom Certification Authority
  '5C8kvU039KouVrl52D0eZSGf4Onjo4Khs8tmyTlV3nU=': ['wosign-startcom'],
  // StartCom Certification Authority G2
  'FSg5faISiQqDCwuVpZlozvI0dzd531GBzxD6ZHU0u2U=': ['wosign-startcom'],
  // Certification Authority of WoSign G2
  'OBo/x6iwgvooYTpNB/LHVT9OGRjuB8qp6LfO3lqcoGo=': ['wosign-startcom'],
  // CA WoSign ECC Root
  'eu3d82sY+Ky3N5/hzhgyErI1DQeIq+DoJFe+m62tbVQ=': ['wosign-startcom'],
  // Symantec Class 1 Public Primary Certification Authority - G6
  '0vkaBOOmHU6teEjI1DteEVLYhXJ0ibxlc4tnwKInhac=': ['symantec-chrome', 'symantec-apple'],
  // GeoTrust Global CA 2
  'F3VaXClfPS1y5vAxofB/QAxYi55YKyLxfq4xoVkNEYU=': ['symantec-chrome'],
  // thawte Primary Root CA - G3
  'GQbGEk27Q4V40A4GbVBUxsN/D6YCjAVUXgmU7drshik=': ['symantec-chrome', 'symantec-apple'],
  // thawte Primary Root CA
  'HXXQgxueCIU5TTLHob/bPbwcKOKw6DkfsTWYHbxbqTY=': ['symantec-chrome', 'symantec-apple'],
  // VeriSign Class 1 Public Primary Certification Authority - G3
  'IgduWu9Eu5pBaii30cRDItcFn2D+/6XK9sW+hEeJEwM=': ['symantec-chrome', 'symantec-apple'],
  // VeriSign Class 3 Public Primary Certification Authority - G5
  'JbQbUG5JMJUoI6brnx0x3vZF6jilxsapbXGVfjhN8Fg=': ['symantec-chrome', 'symantec-apple'],
  // Symantec Class 2 Public Primary Certification Authority - G4
  'MCeimPpXMU3A490QGUEbj0BMQ8P5NM4734VlEsgKoVw=': ['symantec-chrome', 'symantec-apple'],
  // Symantec Class 1 Public Primary Certification Authority - G4
  'MVEmgCM/XyofKUN/VtSYjPCvxBzGxdpidZKOnAvq3ic=': ['symantec-chrome', 'symantec-apple'],
  // GeoTrust Primary Certification Authority
  'SQVGZiOrQXi+kqxcvWWE96HhfydlLVqFr4lQTqI5qqo=': ['symantec-chrome', 'symantec-apple'],
  // VeriSign Class 3 Public Primary Certification Authority - G3
  'SVqWumuteCQHvVIaALrOZXuzVVVeS7f4FGxxu6V+es4=': ['symantec-chrome', 'symantec-apple'],
  // VeriSign Class 3 Public Primary Certification Authority - G4
  'UZJDjsNp1+4M5x9cbbdflB779y5YRBcV6Z6rBMLIrO4=': ['symantec-chrome', 'symantec-apple'],
  // thawte Primary Root CA - G2
  'Z9xPMvoQ59AaeaBzqgyeAhLsL/w9d54Kp/nA8OHCyJM=': ['symantec-chrome', 'symantec-apple'],
  // VeriSign Class 2 Public Primary Certification Authority - G3
  'cAajgxHlj7GTSEIzIYIQxmEloOSoJq7VOaxWHfv72QM=': ['symantec-chrome', 'symantec-apple'],
  // GeoTrust Universal CA 2
  'fKoDRlEkWQxgHlZ+UhSOlSwM/+iQAFMP4NlbbVDqrkE=': ['symantec-chrome'],
  // Symantec Class 3 Public Primary Certification Authority - G4
  'gJ8rquNa+082vWR2znXCABB3kBtq9cTauC4YjGuVwaE=': ['symantec-chrome', 'symantec-apple'],
  // GeoTrust Global CA
  'h6801m+z8v3zbgkRHpq6L29Esgfzhj89C1SyUCOQmqU=': ['symantec-chrome', 'symantec-apple'],
  // Symantec Class 3 Public Primary Certification Authority - G6
  'lXNUc71no7lajV+QxaIazh4NeUcyBnTUq4R5crkVRNI=': ['symantec-chrome', 'symantec-apple'],
  // VeriSign Universal Root Certification Authority
  'lnsM2T/O9/J84sJFdnrpsFp3awZJ+ZZbYpCWhGloaHI=': ['symantec-chrome', 'symantec-apple'],
  // GeoTrust Universal CA
  'lpkiXF3lLlbN0y3y6W0c/qWqPKC7Us2JM8I7XCdEOCA=': ['symantec-chrome'],
  // GeoTrust Primary Certification Authority - G3
  'q5hJUnat8eyv8o81xTBIeB5cFxjaucjmelBPT2pRMo8=': ['symantec-chrome', 'symantec-apple'],
  // Symantec Class 2 Public Primary Certification Authority - G6
  'ryB8Yf2cfPksKv6BVCgtw/LL8y91zRcoFMUrA7frwlg=': ['symantec-chrome', 'symantec-apple'],
  // GeoTrust Primary Certification Authority - G2
  'vPtEqrmtAhAVcGtBIep2HIHJ6IlnWQ9vlK50TciLePs=': ['symantec-chrome'],
  // AddTrust External CA Root
  'lCppFqbkrlJ3EcVFAkeip0+44VaoJUymbnOaEUk7tEU=': ['addtrust-expired'],
  // Global Chambersign Root
  'Tq2ptTEecYGZ2Y6oK5UAXLqTGYqx+X78vo3GIBYo+K8=': ['camerfirma-chrome'],
  // Chambers of Commerce Root
  'iir/vRocXRvcy7f1SLqZX5ZoBrP9DDoA+uLlLzyFOYk=': ['camerfirma-chrome'],
  // Global Chambersign Root - 2008
  'knobhWIoBXbQSMUDIa2kPYcD0tlSGhjCi4xGzGquTv0=': ['camerfirma-chrome', 'camerfirma-apple'],
  // Chambers of Commerce Root - 2008
  'ztQ5AqtftXtEIyLcDhcqT7VfcXi4CPlOeApv1sxr2Bg=': ['camerfirma-chrome', 'camerfirma-apple'],
  // DST Root CA X3
  'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys=': ['dst-x3-expired'],
  // TrustCor RootCert CA-1
  '6of0Yt7v/713daoqS34Py5HCLu5t9p7ZAQDMxzsxFHY=': ['trustcor'],
  // TrustCor ECA-1
  'ev5LBxovH0b4upRKJtWE1ZYLkvtIw7obfKuEkF8yqs0=': ['trustcor'],
  // TrustCor RootCert CA-2
  'xj1oxkihi3dkHEJ6Zp1hyXaKVfT80DIurJbFdwApnPE=': ['trustcor'],
  // E-Tugra Global Root CA ECC v3
  'VvLqhoQQbQxzMzlRBZ0r/5rOCpk08BXF2ExalZ37s8w=': ['etugra'],
  // E-Tugra Global Root CA RSA v3
  's+/79GvPZq7fcUJ+a9YL8aGHjHtyyrF4cDSF/abj2zg=': ['etugra'],
  // E-Tugra Certification Authority
  'wa0bGJjsOVBI3wcL+iF+JckTvtjKa3PeCFUohGoBA8E=': ['etugra'],
  // Entrust Root Certification Authority - EC1
  '/qK31kX7pz11PB7Jp4cMQOH3sMVh6Se5hb9xGGbjbyI=': [
    'entrust-chrome',
    'entrust-apple',
    'entrust-mozilla',
    'mozilla-lifecycle-2026',
    'entrust-android17',
  ],
  // Entrust.net Certification Authority (2048)
  'HqPF5D7WbC2imDpCpKebHpBnhs6fG1hiFBmgBGOofTg=': [
    'entrust-chrome',
    'entrust-apple',
    'entrust-mozilla',
    'mozilla-lifecycle-2025',
    'android16-qpr2-removals',
    'entrust-android17',
  ],
  // AffirmTrust Premium ECC
  'MhmwkRT/SVo+tusAwu/qs0ACrl8KVsdnnqCHo/oDfk8=': ['entrust-chrome', 'entrust-apple', 'mozilla-lifecycle-2026'],
  // Entrust Root Certification Authority - G4
  'NtfHnz0Img/3mXLZCSPepcp2tMy698J1HLFS6UlPUtA=': ['entrust-chrome', 'entrust-apple', 'entrust-android17'],
  // AffirmTrust Commercial
  'bEZLmlsjOl6HTadlwm8EUBDS3c/0V5TwtMfkqvpQFJU=': ['entrust-chrome', 'entrust-apple', 'mozilla-lifecycle-2026'],
  // Entrust Root Certification Authority
  'bb+uANN7nNc/j7R95lkXrwDg3d9C286sIMF8AnXuIJU=': [
    'entrust-chrome',
    'entrust-apple',
    'entrust-mozilla',
    'entrust-android17',
  ],
  // Entrust Root Certification Authority - G2
  'du6FkDdMcVQ3u8prumAo6t3i3G27uMP2EOhR8R0at/U=': [
    'entrust-chrome',
    'entrust-apple',
    'entrust-mozilla',
    'mozilla-lifecycle-2026',
    'entrust-android17',
  ],
  // AffirmTrust Networking
  'lAcq0/WPcPkwmOWl9sBMlscQvYSdgxhJGa6Q64kK5AA=': ['entrust-chrome', 'entrust-apple', 'mozilla-lifecycle-2026'],
  // AffirmTrust Premium
  'x/Q7TPW3FWgpT4IrU3YmBfbd0Vyt7Oc56eLDy6YenWc=': ['entrust-chrome', 'entrust-apple', 'mozilla-lifecycle-2026'],
  // ePKI Root Certification Authority
  'YlVMFwBVQ7I3IV8EJo3NL9HEcCQK08hmDiWuLFljD1U=': ['chunghwa-mozilla', 'chrome-sct-2025-07-31'],
  // XRamp Global Certification Authority
  'BRz5+pXkDpuD7a7aaWH2Fox4ecRmAXJHnN1RqwPOpis=': ['mozilla-lifecycle-2025', 'android16-qpr2-removals'],
  // Starfield Class 2 Certification Authority
  'FfFKxFycfaIz00eRZOgTf+Ne4POK6FgYPwhBDqgqxLQ=': ['mozilla-lifecycle-2025', 'android16-qpr2-removals'],
  // GlobalSign Root CA
  'K87oWBWM9UZfyddvDfoxL+8lpNyoUB2ptGtn0fv6G2Q=': [
    'mozilla-lifecycle-2025',
    'android16-qpr2-removals',
    'globalsign-r1-expiry',
  ],
  // Go Daddy Class 2 Certification Authority
  'VjLZe/p3W/PJnd6lL8JVNBCGQBZynFLdZSTIqcO0SJ8=': ['mozilla-lifecycle-2025', 'android16-qpr2-removals'],
  // Baltimore CyberTrust Root
  'Y9mvm0exBk1JoQ57f9Vm28jKo5lFm/woKcVxrYxu80o=': [
    'mozilla-lifecycle-2025',
    'baltimore-expired',
    'android16-qpr2-removals',
  ],
  // AAA Certificate Services
  'vRU+17BDT2iGsXvOi76E7TQMcTLXAqj0+jGPdW7L1vM=': ['mozilla-lifecycle-2025', 'android16-qpr2-removals'],
  // COMODO Certification Authority
  'AG1751Vd2CAmRCxPGieoDomhmJy4ezREjtIZTBgZbV4=': ['sectigo-migration', 'mozilla-lifecycle-2026'],
  // COMODO ECC Certification Authority
  '58qRu/uxh4gFezqAcERupSkRYBlBAvfcw7mEjGPLnNU=': ['sectigo-migration', 'mozilla-lifecycle-2027'],
  // COMODO RSA Certification Authority
  'grX4Ta9HpZx6tSHkmCrvpApTQGo67CYDnvprLg5yRME=': ['sectigo-migration', 'mozilla-lifecycle-2028'],
  // USERTrust ECC Certification Authority
  'ICGRfpgmOUXIWcQ/HXPLQTkFPEFPoDyjvH7ohhQpjzs=': ['sectigo-migration', 'mozilla-lifecycle-2028'],
  // USERTrust RSA Certification Authority
  'x4QzPSC810K5/cMjb05Qm4k3Bw5zBn4lTdO/nEW/Td4=': ['sectigo-migration', 'mozilla-lifecycle-2028'],
  // NetLock Arany (Class Gold) Főtanúsítvány
  '9Iut199qBmkNCuMTc7EoVfje2xRRfzYqMTEBzJjMazU=': ['chrome-sct-2025-07-31', 'mozilla-lifecycle-2027'],
  // HiPKI Root CA - G1
  'ecqvU0fm5KlMjniphJb8dAIPgJ7eE/Ig+rYQTI3tMp8=': ['chrome-sct-2025-07-31'],
  // Buypass Class 2 Root CA
  'WVWuKRV0qTE0LPdFDhZlLt4eD7MJfhVx36wRyRVgFWQ=': ['chrome-sct-2025-10-31', 'mozilla-lifecycle-2028'],
  // Buypass Class 3 Root CA
  'sD2HsFbQjMnU5nXvGcqDq1NTIWioJYWYvnLm2Fx918E=': ['chrome-sct-2025-10-31', 'mozilla-lifecycle-2028'],
  // SwissSign Silver CA - G2
  'kxgib4yDr+R/X0fCT1nOEtuoxzsYG+5rLqH0Cga8GGk=': ['android16-qpr2-removals'],
  // GTS Root R2
  'Vfd95BwDeSQo+NUYxVEEIlvkOlWY2SalKK1lPhzOx78=': ['gts-r2-mozilla', 'mozilla-lifecycle-2026'],
  // Izenpe.com
  'lSwgOcAkPrUV3XPYP8NkMYSHT+sIYqmDdzHtm0dC4Xo=': ['chrome-sct-2026-04-14', 'izenpe-mozilla'],
  // DigiCert Assured ID Root CA
  'I/Lt/z7ekCWanjD0Cvj5EqXls2lOaThEA0H2Bg4BT/o=': ['digicert-g1', 'mozilla-lifecycle-2026'],
  // DigiCert High Assurance EV Root CA
  'WoiWRyIOVNa9ihaBciRSC7XHjliYS9VwUGOIud4PB18=': ['digicert-g1', 'mozilla-lifecycle-2026'],
  // DigiCert Global Root CA
  'r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E=': ['digicert-g1', 'mozilla-lifecycle-2026'],
  // GLOBALTRUST 2020
  '/uivkpF1aH9GOKP8mD247NDl4qg+c38/t3tMIvy6wKY=': ['mozilla-lifecycle-2026'],
  // certSIGN ROOT CA
  '28HjoVI4oEg7zbj97GFuA+cFpI4qUBFXyt87nHMRxeU=': ['mozilla-lifecycle-2026'],
  // QuoVadis Root CA 3
  'DHrKpxAiZyC7yUA0nuLmFIZSqJ2/QGojLIlfbceOu5o=': ['mozilla-lifecycle-2026'],
  // TeliaSonera Root CA v1
  'ELo0hcqLtogKuVMaQGPkABVVVhx/LgVRZfSbLXT8X2s=': ['mozilla-lifecycle-2026'],
  // Secure Global CA
  'JZaQTcTWma4gws703OR/KFk313RkrDcHRvUt6na6DCg=': ['mozilla-lifecycle-2026'],
  // FIRMAPROFESIONAL CA ROOT-A WEB
  'LbKuTQ0IpNx7elyRGza0LjBo0uWGV++mGi8vacVTuFg=': ['mozilla-lifecycle-2026'],
  // Trustwave Global Certification Authority
  'LgbK4fwgsgDm+3SFV6RES+yTF9//LkFRZp4PeUTwqeA=': ['mozilla-lifecycle-2026'],
  // SwissSign Gold CA - G2
  'QPz8KIddzL/ry99s10MzEtpjxO/PO9extQXCICCuAnQ=': ['mozilla-lifecycle-2026'],
  // Trustwave Global ECC P256 Certification Authority
  'SXEo/JBla4cpBIKyI++3IkD+nEIeeZON5fgRDLC+kFY=': ['mozilla-lifecycle-2026'],
  // Certigna
  'UQ0g5cR/Y89mayD2GvYrwJmkKsgk/6RDotp8kLGAipE=': ['mozilla-lifecycle-2026'],
  // SecureTrust CA
  'dykHF2FLJfEpZOvbOLX4PKrcD2w2sHd/iA/G3uHTOcw=': ['mozilla-lifecycle-2026'],
  // Trustwave Global ECC P384 Certification Authority
  'gosO7/JGVOj/WEGindXU4+0wlSykNCWnkoNAcgjTnRY=': ['mozilla-lifecycle-2026'],
  // QuoVadis Root CA 2
  'j9ESw8g3DxR9XM06fYZeuN1UB4O6xp/GAIjjdD/zM3g=': ['mozilla-lifecycle-2026'],
  // D-TRUST Root Class 3 CA 2 EV 2009
  '/zQvtsTIvTCkcG9zSJU58Z5uSMwF9GJUZU9mENvFQOk=': ['chrome-sct-2026-05-28', 'mozilla-lifecycle-2027'],
  // D-TRUST Root Class 3 CA 2 2009
  '7KDxgUAs56hlKzG00DbfJH46MLf0GlDZHsT5CwBrQ6E=': ['chrome-sct-2026-05-28', 'mozilla-lifecycle-2027'],
  // T-TeleSec GlobalRoot Class 2
  'YQbA46CimYMYdRJ719PMGFmAPVEcrBHrbghA3RZvwQ4=': ['chrome-sct-2026-05-28', 'mozilla-lifecycle-2027'],
  // T-TeleSec GlobalRoot Class 3
  'jXZ3ZLPL2giSnQcqIqVh9NzdG8V9PL3clIxH0rR/kSI=': ['chrome-sct-2026-05-28', 'mozilla-lifecycle-2027'],
  // SSL.com Root Certification Authority RSA
  '0cRTd+vc1hjNFlHcLgLCHXUeWqn80bNDH/bs9qMTSPo=': ['chrome-sct-2026-06-14'],
  // SSL.com EV Root Certification Authority ECC
  'NIdnza073SiyuN1TUa7DDGjOxc1p0nbfOCfbxPWAZGQ=': ['chrome-sct-2026-06-14'],
  // SSL.com EV Root Certification Authority RSA R2
  'fNZ8JI9p2D/C+bsB3LH3rWejY9BGBDeW0JhMOiMfa7A=': ['chrome-sct-2026-06-14'],
  // Certigna Root CA
  'joBG7EysAVpQfODS0BVKS0Do5CsxZc+lRlcUNREtF+U=': ['chrome-sct-2026-06-14', 'mozilla-lifecycle-2029'],
  // SSL.com Root Certification Authority ECC
  'oyD01TTXvpfBro3QSZc1vIlcMjrdLTiL/M9mLCPX+Zo=': ['chrome-sct-2026-06-14'],
  // DigiCert Trusted Root G4
  'Wd8xe/qfTwq3ylFNd3IpaqLHZbh2ZNCLluVzmeNkcpw=': ['chrome-sct-2026-06-30', 'mozilla-lifecycle-2029'],
  // DigiCert Assured ID Root G2
  '8ca6Zwz8iOTfUpc8rkIPCgid1HQUT+WAbEIAZOFZEik=': ['chrome-sct-2026-09-14', 'mozilla-lifecycle-2029'],
  // DigiCert Assured ID Root G3
  'Fe7TOVlLME+M+Ee0dzcdjW/sYfTbKwGvWJ58U7Ncrkw=': ['chrome-sct-2026-09-14', 'mozilla-lifecycle-2029'],
  // TWCA Global Root CA
  'xES1tmzl1x4bXkDyc4XJXL/SSgW1b3DKwJkvD1DDN5w=': ['chrome-sct-2026-09-14', 'mozilla-lifecycle-2029'],
  // Go Daddy Root Certificate Authority - G2
  'Ko8tivDrEjiY90yGasP6ZpBU4jwXvHqVvQI0GS3GNdA=': ['mozilla-lifecycle-2027'],
  // Starfield Services Root Certificate Authority - G2
  'KwccWaCgrnaw6tsrrSO61FgLacNgG2MMLq8GE6+oP5I=': ['mozilla-lifecycle-2027'],
  // AC RAIZ FNMT-RCM
  'L8VmekuaJnjtasatJUZfy/YJS/zZUECXx6j6R63l6Ig=': ['mozilla-lifecycle-2027'],
  // Security Communication RootCA2
  'M4BwmvOwlr48wqQFSBQsClIAKNsJ4st3riIGYWq2y7Q=': ['mozilla-lifecycle-2027'],
  // Microsec e-Szigno Root CA 2009
  'YWFnIBQzrqbI5eMHCvyvZ0kYj4FL0auxea6NrTq/Juw=': ['mozilla-lifecycle-2027'],
  // GlobalSign
  'cGuxAXyFXFkWm61cF4HPWX8S0srS9j0aSqN0k4AP+4A=': ['mozilla-lifecycle-2027'],
  // Starfield Root Certificate Authority - G2
  'gI1os/q0iEpflxrOfRBVDXqVoWN3Tz7Dav/7IT++THQ=': ['mozilla-lifecycle-2027'],
  // TWCA Root Certification Authority
  'ksRoeWJu8swezqUMcvteOFhECV8hy/Oyg8uC5rn8alg=': ['mozilla-lifecycle-2027'],
  // Certum Trusted Network CA
  'qiYwp7YXsE0KKUureoyqpQFubb5gSDeoOoVxn6tmfrU=': ['mozilla-lifecycle-2027'],
  // SwissSign RSA TLS Root CA 2022 - 1
  '68l4rg3Z5YItaxllJZb2IMk9fK76lSGRywUKYyypAF8=': ['chrome-sct-2027-06-14'],
  // D-TRUST EV Root CA 2 2023
  '51PN2fE0E8fKnNqCli+MDOXtE9FlcxKVSvUmfrLLfHk=': ['chrome-sct-2027-08-30'],
  // Telekom Security TLS ECC Root 2020
  '6rDeWkZBkBCwGy1VVT/BEaqCtD2Tle3+rqqMduatGZU=': ['chrome-sct-2027-08-30'],
  // Telekom Security TLS RSA Root 2023
  'DgXpuyOGnraJ3FaDnc7EdaOudfprULxaSXg2DL5nMyM=': ['chrome-sct-2027-08-30'],
  // D-TRUST EV Root CA 1 2020
  'nTfkqYnqs4gtEWBS/ItYRGcCy1k3JuRgTDeVlAxxA+I=': ['chrome-sct-2027-08-30'],
  // D-TRUST BR Root CA 1 2020
  'YD928oyf66g+x1HttmyNdSPqQP5J/nRCdin1Dau89Vo=': ['chrome-sct-2027-09-14'],
  // D-TRUST BR Root CA 2 2023
  'rHb2OkbnYbWswyWXBckgy38FY9JI2NGA+TSvaAmaFfk=': ['chrome-sct-2027-09-14'],
  // ACCVRAIZ1
  'BVcK5usPzrQhDm23lIa3CUyvIAQB4Um2Z3RBtfJeRJs=': ['mozilla-lifecycle-2028'],
  // Actalis Authentication Root CA
  'JdSRPPWHCXQU0p0m9sGxlCzW1k6vRdD8+BUmrbqW0yQ=': ['mozilla-lifecycle-2028'],
  // Certum Trusted Network CA 2
  'aztX6eyI0bs9AWN/8zx2mLPJdYJV6fAeqRePPn87K1I=': ['mozilla-lifecycle-2028'],
  // CFCA EV ROOT
  '3V7RwJD59EgGG6qUprsRAXVE6e76ogzHFM5sYz9dxik=': ['mozilla-lifecycle-2029'],
  // QuoVadis Root CA 3 G3
  '80OOI7POUyUi+s8weSP1j9GGCOm6et3DDpUrQ8SWFsM=': ['mozilla-lifecycle-2029'],
  // IdenTrust Commercial Root CA 1
  'B+hU8mp8vTiZJ6oEG/7xts0h3RQ4GK2UfcZVqeWH/og=': ['mozilla-lifecycle-2029'],
  // GlobalSign
  'CLOmM1/OXvSPjw5UOYbAf9GKOxImEp9hhku9W90fHMk=': ['mozilla-lifecycle-2029'],
  // QuoVadis Root CA 2 G3
  'SkntvS+PgjC9VZKzE1c/4cFypF+pgBHMHt27Nq3j/OU=': ['mozilla-lifecycle-2029'],
  // TUBITAK Kamu SM SSL Kok Sertifikasi - Surum 1
  'VeAL4nfOsFRSmfJP2fh34qzzKFLbQ//NKbynSzm0yfo=': ['mozilla-lifecycle-2029'],
  // IdenTrust Public Sector Root CA 1
  'WN1h/rNup9JYckNxcJFJyxITN4ZMrLLQmZrSBznQZHc=': ['mozilla-lifecycle-2029'],
  // CA Disig Root R2
  'cCEWzNi/I+FkZvDg26DtaiOanBzWqPWmazmvNZUCA4U=': ['mozilla-lifecycle-2029'],
  // GlobalSign
  'fg6tdrtoGdwvVFEahDVPboswe53YIFjqbABPAdndpd8=': ['mozilla-lifecycle-2029'],
  // QuoVadis Root CA 1 G3
  'hqaPBQA0EmpUDTnbLF+RfvZqlPuWGfoezYJ86ka6DLA=': ['mozilla-lifecycle-2029'],
  // DigiCert Global Root G2
  'i7WTqTvh0OioIruIfFR4kMPnBqrS2rdiVPl/s2uC/CY=': ['mozilla-lifecycle-2029'],
  // DigiCert Global Root G3
  'uUwZgwDOxcBXrQcntwu+kYFpkiVkOaezL0WYEZ3anJc=': ['mozilla-lifecycle-2029'],
  // ISRG Root X1
  'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=': ['isrg-x1-2030'],
}
