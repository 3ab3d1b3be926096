/** NLnet Labs' reader of zones reads the records, and OpenSSL checks real servers by them. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { isText } from '../../../../src/core/formats/format.ts'
import { daneTlsa } from '../../../../src/core/formats/tools/dane-tlsa.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { issueChain, type IssuedCertificate } from '../../../support/issue-chain.ts'
import { serveTls } from '../../../support/openssl-server.ts'
import { CASE_STAMP, HOSTILE_TEXT, pinning } from '../../../support/cases.ts'
import { isMissing, ldns, ldnsRecords, openssl } from '../../../support/tools.ts'
import { contentOf, renderingsOf } from '../renderings.ts'
import { wantedEntries } from '../wanted.ts'
import { HOST, rowOf, strangerLeaf } from './served-row.ts'

const zones = renderingsOf(daneTlsa).map((rendering) => ({
  name: rendering.name,
  rows: rendering.planCase.rows,
  zone: contentOf(rendering, 'records'),
}))

/** By Node's own base64 and hexadecimal. */
function wantedRecords(rows: readonly PlanRow[]) {
  return wantedEntries(rows).flatMap(({ host, leaf, ca }) => {
    const record = (usage: number) => (pin: string) =>
      `_443._tcp.${host}. ${usage} 1 1 ${Buffer.from(pin, 'base64').toString('hex')}`
    return Array.from(leaf, record(3)).concat(Array.from(ca, record(2)))
  })
}

describe.skipIf(isMissing(ldns))('the zone of', () => {
  it.each(zones)('$name has exactly the records of its leaf and CA pins', ({ rows, zone }) => {
    const { accepted = [], problem } = zone === null ? {} : ldnsRecords(zone)
    expect(problem).toBeUndefined()
    const records = accepted.map(([owner, , internet, type, data]) => {
      expect([internet, type]).toEqual(['IN', 'TLSA'])
      return `${owner} ${data}`
    })
    expect(records.toSorted()).toEqual(wantedRecords(rows).toSorted())
  })
})

it('nothing is printed where nobody said what the pins are', () => {
  expect(zones.filter(({ zone }) => zone === null).map(({ name }) => name)).toEqual(['nothing-pinned'])
  const unknown = zones.find(({ name }) => name === 'typed-pins')
  expect(unknown?.zone).not.toContain('unknown.example.org')
})

it('a root from the store is said to need sending', () => {
  const said = zones
    .filter(({ zone }) => zone?.includes('; The server has to be told to send it'))
    .map(({ name }) => name)
  expect(said).toEqual(['root-from-the-store'])
})

/** What a client that goes by the records alone thinks of a server. */
function verifies(row: PlanRow, port: number): boolean {
  const printed = daneTlsa.render(planPins([row]), {}, CASE_STAMP).find(isText)
  const records = Array.from(printed?.content.matchAll(/^[^;\s]+ IN TLSA (.*)$/gm) ?? [], ([, data = '']) => data)
  const dane = ['-dane_tlsa_domain', HOST, ...records.flatMap((data) => ['-dane_tlsa_rrdata', data])]
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-no-CApath', '-no-CAfile', '-no-CAstore', ...dane]
  const { status, stdout } = spawnSync('openssl', [...args, '-verify_return_error'], { encoding: 'utf8', input: '' })
  const isVerified = /^Verification: OK$/m.test(stdout) && /^DANE TLSA [23] 1 1 \S+ matched/m.test(stdout)
  expect(status === 0).toBe(isVerified)
  return isVerified
}

const rowOfChain = (
  roles: readonly ('leaf' | 'intermediate' | 'root')[],
  chain: readonly IssuedCertificate[],
  name = 'certificate',
) => rowOf(pinning(...roles), [chain], (position) => `${name} ${position}`)

describe.skipIf(isMissing(openssl))('OpenSSL', () => {
  it('verifies a server by the record of its leaf, and no other server', async () => {
    const { leaf, intermediate, root } = await issueChain(HOST)
    const row = rowOfChain(['leaf'], [leaf, intermediate, root])
    expect(verifies(row, await serveTls(leaf))).toBe(true)
    expect(verifies(row, await serveTls(await strangerLeaf(intermediate), [intermediate, root]))).toBe(false)
  })

  it.each(['intermediate', 'root'] as const)(
    'verifies by the record of the %s where the server sends it',
    async (role) => {
      const { leaf, intermediate, root } = await issueChain(HOST)
      const row = rowOfChain([role], [leaf, intermediate, root])
      expect(verifies(row, await serveTls(leaf, [intermediate, root]))).toBe(true)
      expect(verifies(row, await serveTls(await strangerLeaf(intermediate), [intermediate, root]))).toBe(true)
      expect(verifies(row, await serveTls(leaf, role === 'root' ? [intermediate] : []))).toBe(false)
      const other = await issueChain('other.example')
      expect(
        verifies(row, await serveTls(await strangerLeaf(other.intermediate), [other.intermediate, other.root])),
      ).toBe(false)
    },
  )

  it('verifies by the same records whatever the certificates are called', async () => {
    const { leaf, intermediate, root } = await issueChain(HOST)
    const row = rowOfChain(
      ['leaf', 'root'],
      [leaf, intermediate, root],
      `(\n) $TTL 0 ; "\n* IN TLSA 0 0 0 00 ${HOSTILE_TEXT}`,
    )
    expect(verifies(row, await serveTls(leaf))).toBe(true)
  })
})
