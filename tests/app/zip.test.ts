/** Python's zipfile reads what is downloaded. */
import { describe, expect, it, vi } from 'vitest'
import { filesOfOutputs, outputFiles } from '../../src/app/shared/output-files.ts'
import { zip } from '../../src/app/shared/zip.ts'
import { networkSecurityConfig } from '../../src/core/formats/android/network-security-config.ts'
import { renderAll, type Output } from '../../src/core/formats/registry.ts'
import { MILLISECONDS_PER_DAY } from '../../src/core/instant.ts'
import { planPins } from '../../src/core/pins/plan-pins.ts'
import { CASE_NOW, CASE_STAMP, PLAN_CASES, planCase } from '../support/cases.ts'
import { isMissing, python, zipfileRead } from '../support/tools.ts'

/** Not one of a certificate, but other bytes for each. */
const findDer = (fingerprint: string) => new Uint8Array(Buffer.from(fingerprint, 'hex'))

const judged = (outputs: readonly Output[]) => outputs.map((output) => ({ ...output, findings: [] }))

const outputsOf = (name: string) => judged(renderAll(planPins(planCase(name).rows), {}, CASE_STAMP))

function read(archive: Uint8Array) {
  const { accepted, problem } = zipfileRead(archive)
  if (problem !== undefined) throw new Error(problem)
  return accepted
}

describe.skipIf(isMissing(python))('an archive', () => {
  it.each(PLAN_CASES)('holds every file of every output, each as it is: $name', ({ rows, settings = {} }) => {
    const files = filesOfOutputs(judged(renderAll(planPins(rows), settings, CASE_STAMP)), findDer)
    expect(read(zip(files))).toEqual(files.map(({ path, content }) => [path, Buffer.from(content)]))
  })

  it('has the layout of the project', () => {
    const snippets = networkSecurityConfig.render(planPins(planCase('private-root').rows), {}, CASE_STAMP)
    const found = read(zip(outputFiles({ format: networkSecurityConfig, snippets, findings: [] }, findDer, false)))
    expect(found.map(([path]) => path)).toEqual([
      'README-android-network-security-config.md',
      'app/src/main/res/xml/network_security_config.xml',
      expect.stringMatching(/^app\/src\/main\/res\/raw\/example_private_root_[\da-f]{12}\.der$/),
    ])
    const [anchor] = snippets.flatMap((one) => (one.kind === 'certificate' ? [one.certificate] : []))
    expect(found[2]?.[1].toString('hex')).toBe(anchor)
  })

  it('has the same bytes on every day and in every time zone', () => {
    const zones = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata']
    const made = zones.map((zone, days) =>
      elsewhere(zone, CASE_NOW + days * MILLISECONDS_PER_DAY, () => ({
        offset: new Date().getTimezoneOffset(),
        archive: Buffer.from(zip([{ path: 'a/b.txt', content: 'ü' }])).toString('hex'),
      })),
    )
    expect(new Set(made.map(({ offset }) => offset)).size).toBe(zones.length)
    expect(new Set(made.map(({ archive }) => archive)).size).toBe(1)
  })
})

/** What comes out on another day in another time zone. */
function elsewhere<T>(zone: string, now: number, use: () => T): T {
  vi.stubEnv('TZ', zone)
  vi.useFakeTimers({ now, toFake: ['Date'] })
  try {
    return use()
  } finally {
    vi.useRealTimers()
    vi.unstubAllEnvs()
  }
}

describe('the files of outputs', () => {
  it.each(PLAN_CASES)('have paths that differ and stay below the folder: $name', ({ rows, settings = {} }) => {
    const paths = filesOfOutputs(judged(renderAll(planPins(rows), settings, CASE_STAMP)), findDer).map(
      ({ path }) => path,
    )
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length)
    for (const path of paths) expect(path).toMatch(/^(?:[\w-]+\/)+[\w-]+(?:\.[\w-]+)*$/)
  })

  it('lack a part that is no file, and keep the name of one that goes into another', () => {
    const paths = filesOfOutputs(outputsOf('leaf-alone'), findDer).map(({ path }) => path)
    expect(paths).toContain('ios-pinned-domains/NSAppTransportSecurity.xml')
    expect(paths.filter((path) => /manifest/i.test(path))).toEqual([])
  })

  it('lack a certificate that no row has any more', () => {
    const paths = filesOfOutputs(outputsOf('private-root'), () => null).map(({ path }) => path)
    expect(paths.filter((path) => /\.(?:der|pem)$/.test(path))).toEqual([])
    expect(paths.filter((path) => !path.endsWith('README.md')).length).toBeGreaterThan(2)
  })
})
