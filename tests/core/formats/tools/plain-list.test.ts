/** grep, cut and awk read the list: it is made for them. */
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { plainList } from '../../../../src/core/formats/tools/plain-list.ts'
import { contentOf, renderingsOf } from '../renderings.ts'
import { wantedEntries } from '../wanted.ts'

const lists = renderingsOf(plainList).flatMap((rendering) => {
  const text = contentOf(rendering, 'list')
  return text === null ? [] : [{ name: rendering.name, rows: rendering.planCase.rows, text }]
})

function run(input: string, command: string, ...args: readonly string[]): string[] {
  const { stdout } = spawnSync(command, args, { input, encoding: 'utf8' })
  return stdout.split('\n').slice(0, -1)
}

it.each(lists)('$name has a line for each pin of each host, of five fields', ({ rows, text }) => {
  const lines = run(text, 'grep', '-v', '^#')
  expect(new Set(run(lines.join('\n'), 'awk', '-F\t', '{ print NF }'))).toEqual(new Set(['5']))
  const wanted = wantedEntries(rows).flatMap(({ host, includeSubdomains, leaf, ca, unknown }) => {
    const [before, after] = [`${host}\t`, `\t${includeSubdomains ? 'included' : 'not included'}`]
    const line = (role: string) => (pin: string) => `${before}${pin}\t${role}${after}`
    return Array.from(leaf, line('leaf')).concat(Array.from(ca, line('ca')), Array.from(unknown, line('unknown')))
  })
  expect(run(`${lines.join('\n')}\n`, 'cut', '-f', '1-3,5').toSorted()).toEqual(wanted.toSorted())
})

it.each(lists)('$name begins with two lines about itself and has no other line that begins with #', ({ text }) => {
  const lines = text.split('\n')
  expect(lines.flatMap((line, index) => (line.startsWith('#') ? [index] : []))).toEqual([0, 1])
  expect(lines.at(-1)).toBe('')
  expect(text).not.toMatch(/[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\u2028\u2029]/u)
})
