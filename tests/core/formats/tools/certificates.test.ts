import { expect, it } from 'vitest'
import { certificates } from '../../../../src/core/formats/tools/certificates.ts'
import { renderingsOf } from '../renderings.ts'
import { wantedCertificates } from '../wanted.ts'

const renderings = renderingsOf(certificates)

it.each(renderings)('$name gives a file for each pinned certificate, and no others', ({ planCase, snippets }) => {
  const files = snippets.flatMap((one) => (one.kind === 'certificate' ? [one.certificate] : []))
  expect(files).toHaveLength(snippets.length)
  expect(new Set(files)).toEqual(
    new Set([...wantedCertificates(planCase.rows).values()].flatMap((all) => Array.from(all))),
  )
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
