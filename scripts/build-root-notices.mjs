// Writes src/core/risks/root-notices.ts from the reference data: npm run notices [-- <data folder> [<file to write>]]
// The same data always gives the same bytes, so a change in the file is a change in the data or in the words below.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { format, resolveConfig } from 'prettier'

const project = resolve(import.meta.dirname, '..')
const data = resolve(process.argv[2] ?? join(project, '../shared/data'))
const target = join(project, 'src/core/risks/root-notices.ts')

const { built, notices } = JSON.parse(readFileSync(join(data, 'root-notices.json'), 'utf8'))
const { roots } = JSON.parse(readFileSync(join(data, 'root-stores.json'), 'utf8'))

/** Lifetimes are in policy.ts, and the generation Y notice is about intermediates, which are there as well. */
const isOfRoots = ({ id, kind }) => kind !== 'policy' && id !== 'isrg-generation-y'

/** The data speaks of policy documents and source files; the page speaks to somebody who pins. */
const chromeLogged = (day) => ({
  text: `Chrome accepts certificates under this root only when they were first logged by ${day}.`,
})
const mozillaIssued = (day) => ({
  text: `Mozilla accepts certificates under this root only when they were issued by ${day}.`,
})
const mozillaAge = (year, made) => ({
  text: `Mozilla ends TLS trust on 15 April ${year} in roots whose keys were made ${made}. That this root is one of them is an estimate from the first day of its certificate.`,
  isEstimate: true,
})
const WORDS = {
  'wosign-startcom': {
    text: 'Chrome, Mozilla and Apple do not accept what WoSign and StartCom issued after 21 October 2016, or at Apple from 1 December 2016; Android dropped their roots with Android 8.1.',
  },
  'symantec-chrome': {
    text: 'Chrome dropped the old Symantec roots in two steps, on 17 April and 16 October 2018. Pins copied from old articles often name them.',
  },
  'addtrust-expired': {
    text: 'Old chains of Sectigo and COMODO contain this root, which ended on 30 May 2020, or its cross-certificates.',
  },
  'camerfirma-chrome': {
    text: 'Chrome 90 and later trust no server certificate of AC Camerfirma, and Mozilla removed its roots.',
  },
  'dst-x3-expired': {
    text: 'The root ended on 30 September 2021, and its cross-certificate for ISRG Root X1 on 30 September 2024. Chains of Let’s Encrypt end at ISRG Root X1 instead, which Android has from 7.1.',
  },
  'symantec-apple': {
    text: 'Apple distrusted and removed the old Symantec roots in two steps, on 10 September 2021 and 31 January 2022.',
  },
  trustcor: {
    text: 'Mozilla accepts nothing that TrustCor issued after 30 November 2022, Chrome nothing of it from version 111; Android dropped its roots with Android 14 and with security updates for 11 to 13.',
  },
  etugra: {
    text: 'Mozilla removed the roots of E-Tugra on 19 July 2023, and Android with security updates of the same summer.',
  },
  'entrust-chrome': {
    text: 'Chrome accepts certificates of Entrust and AffirmTrust only when they were first logged by 11 November 2024, and lists their roots no longer.',
  },
  'camerfirma-apple': {
    text: 'Apple accepts certificates of AC Camerfirma only when they were issued by 15 November 2024.',
    sparesOlder: true,
  },
  'entrust-apple': {
    text: 'Apple accepts certificates of Entrust and AffirmTrust only when they were issued by 15 November 2024.',
    sparesOlder: true,
  },
  'entrust-mozilla': mozillaIssued('30 November 2024'),
  'chunghwa-mozilla': mozillaIssued('15 April 2025'),
  'mozilla-lifecycle-2025': {
    text: 'Mozilla ended TLS trust on 15 April 2025 in roots whose keys were made before 2006.',
  },
  'baltimore-expired': {
    text: 'The root ended on 12 May 2025.',
  },
  'sectigo-migration': {
    text: 'Sectigo has issued from its roots Sectigo Public Server Authentication Root R46 and E46 since 2 June 2025, and says that its COMODO and USERTrust roots lose the trust of Chrome and Mozilla between 2025 and 2027.',
  },
  'chrome-sct-2025-07-31': chromeLogged('31 July 2025'),
  'chrome-sct-2025-10-31': chromeLogged('31 October 2025'),
  'android16-qpr2-removals': {
    text: 'An update of Android 16 in December 2025 no longer has this root, nor has Android 17. Phones with older systems keep it.',
  },
  'gts-r2-mozilla': {
    text: 'Mozilla ended TLS trust in GTS Root R2 on 9 April 2026.',
  },
  'chrome-sct-2026-04-14': chromeLogged('14 April 2026'),
  'digicert-g1': {
    text: 'Mozilla ended TLS trust in the first roots of DigiCert on 15 April 2026, and Chrome lists them no longer; Android 17 and iOS 26 still do. DigiCert has issued from its G2 and G3 roots since 8 March 2023.',
  },
  'izenpe-mozilla': mozillaIssued('15 April 2026'),
  'mozilla-lifecycle-2026': {
    text: 'Mozilla ended TLS trust in this root on 15 April 2026, together with all roots whose keys were made in 2006 and 2007.',
  },
  'chrome-sct-2026-05-28': chromeLogged('28 May 2026'),
  'entrust-android17': {
    text: 'Android 17, of June 2026, has no root of Entrust any more; one was gone with Android 16, another with an update of it.',
  },
  'chrome-sct-2026-06-14': chromeLogged('14 June 2026'),
  'chrome-sct-2026-06-30': chromeLogged('30 June 2026'),
  'chrome-sct-2026-09-14': chromeLogged('14 September 2026'),
  'mozilla-lifecycle-2027': mozillaAge(2027, 'in 2008 and 2009'),
  'chrome-sct-2027-06-14': chromeLogged('14 June 2027'),
  'chrome-sct-2027-08-30': chromeLogged('30 August 2027'),
  'chrome-sct-2027-09-14': chromeLogged('14 September 2027'),
  'globalsign-r1-expiry': {
    text: 'The root ends on 28 January 2028, and on the same day its cross-certificates for GTS Root R1 and R4. Newer phones end such chains at GTS Root R1 or R4 itself.',
  },
  'mozilla-lifecycle-2028': mozillaAge(2028, 'in 2010 and 2011'),
  'mozilla-lifecycle-2029': mozillaAge(2029, 'from 2012 to 14 April 2014'),
  'isrg-x1-2030': {
    text: 'Let’s Encrypt expects that ISRG Root X1 is trusted until about 4 June 2030, 15 years after its key was made, although the certificate itself ends in 2035.',
    isEstimate: true,
  },
}

const pinsOfNames = (...rootNames) => roots.filter(({ name }) => rootNames.includes(name)).map(({ spki }) => spki)
/** What the data do not have: a CA that has left roots of its own. */
const NOTICES_OF_CAS = [
  {
    id: 'sectigo-migration',
    kind: 'phase-out',
    program: 'ca',
    effective: '2025-06-02',
    severity: 'warning',
    spki: pinsOfNames(
      'COMODO Certification Authority',
      'COMODO ECC Certification Authority',
      'COMODO RSA Certification Authority',
      'USERTrust ECC Certification Authority',
      'USERTrust RSA Certification Authority',
    ),
    sources: [
      'https://www.sectigo.com/resource-library/changes-to-root-ca-hierarchies-and-trust-status',
      'https://www.sectigo.com/knowledge-base/detail/Sectigo-Public-Root-CAs-Migration',
    ],
  },
]

const ofRoots = [...notices.filter(isOfRoots), ...NOTICES_OF_CAS].toSorted((one, other) =>
  one.effective.localeCompare(other.effective),
)
const unused = new Set(Object.keys(WORDS))
const entries = ofRoots.map(({ id, kind, program, effective, severity, sources }) => {
  const words = WORDS[id]
  if (!words) throw new Error(`no words for the notice ${id}`)
  if (!/^\d{4}(?:-\d{2}){0,2}$/.test(effective)) throw new Error(`${id}: no day: ${effective}`)
  unused.delete(id)
  const { text, ...flags } = words
  const notice = { kind, programmes: program.split(', '), effective, severity, text, sources, ...flags }
  return `${JSON.stringify(id)}: ${JSON.stringify(notice)},`
})
if (unused.size > 0) throw new Error(`words without a notice: ${[...unused].join(', ')}`)

const names = new Map(roots.map(({ spki, name }) => [spki, name]))
const idsByPin = new Map()
for (const { id, spki } of ofRoots) for (const pin of spki) idsByPin.set(pin, [...(idsByPin.get(pin) ?? []), id])
const pins = [...idsByPin].map(([pin, ids]) => {
  if (!names.has(pin)) throw new Error(`no root has the pin ${pin}`)
  return `// ${names.get(pin)}\n${JSON.stringify(pin)}: ${JSON.stringify(ids)},`
})

const text = `// Written by scripts/build-root-notices.mjs from the reference data of ${built}; not edited by hand (README.md).
import type { RootNotice } from './root-notice.ts'

/** Earliest first. */
export const ROOT_NOTICES = {
${entries.join('\n')}
} as const satisfies Readonly<Record<string, RootNotice>>

/** Which of them are about the roots with a key. */
export const ROOT_NOTICE_IDS: Readonly<Record<string, readonly (keyof typeof ROOT_NOTICES)[]>> = {
${pins.join('\n')}
}
`
const file = process.argv[3] ?? target
writeFileSync(file, await format(text, { ...(await resolveConfig(target)), parser: 'typescript' }))
console.log(`${entries.length} notices about ${pins.length} keys of ${built} → ${file}`)
