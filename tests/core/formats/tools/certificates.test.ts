import { expect, it } from 'vitest'
import { certificates } from '../../../../src/core/formats/tools/certificates.ts'
import type { PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { renderingsOf } from '../renderings.ts'

const renderings = renderingsOf(certificates)

/** Worked out from the rows alone: what is switched on, and what has a key that is pinned in another way. */
function wantedCertificates(rows: readonly PlanRow[]): ReadonlySet<string> {
  return new Set(
    rows.flatMap(({ hostRule, chains, reserve, keys, choices }) => {
      if (!hostRule) return []
      const keyPins = keys.filter(({ pin }) => choices.backupKeys.has(pin)).map(({ pin }) => pin)
      const otherPins = new Set([...keyPins, ...choices.typedPins.map(({ pin }) => pin)])
      const isOn = (sha256: PlanRow['reserve'][number]['sha256'], byRole: boolean) =>
        choices.exceptions.get(sha256) ?? byRole
      const held = [
        ...chains.flatMap(({ links }) =>
          links.map(({ certificate, role }) => ({ certificate, on: isOn(certificate.sha256, choices.roles[role]) })),
        ),
        ...reserve.map((certificate) => ({ certificate, on: isOn(certificate.sha256, false) })),
      ]
      return held
        .filter(({ certificate, on }) => on || otherPins.has(certificate.pin))
        .map(({ certificate }) => certificate.sha256)
    }),
  )
}

it.each(renderings)('$name gives a file for each pinned certificate, and no others', ({ planCase, snippets }) => {
  const files = snippets.flatMap((one) => (one.kind === 'certificate' ? [one.certificate] : []))
  expect(files).toHaveLength(snippets.length)
  expect(new Set(files)).toEqual(wantedCertificates(planCase.rows))
  expect(new Set(files).size).toBe(files.length)
})

it.each(renderings)('$name has names that are safe in every file system, and differ', ({ snippets, settings }) => {
  const names = snippets.map(({ fileName }) => fileName ?? '')
  const ending = settings['encoding'] === 'der' ? 'der' : 'pem'
  for (const name of names) expect(name).toMatch(new RegExp(`^[a-z][a-z\\d_]{1,60}\\.${ending}$`))
  expect(new Set(names).size).toBe(names.length)
})

it('the encoding is asked for where there is a certificate', () => {
  expect(renderings.some(({ settings }) => settings['encoding'] === 'der')).toBe(true)
  expect(renderings.filter(({ name }) => name.startsWith('nothing-pinned'))).toHaveLength(1)
})
