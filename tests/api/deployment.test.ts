import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SECURITY_HEADERS } from '../../api/_lib/security-headers.ts'
import vercel from '../../vercel.json' with { type: 'json' }

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' }

describe('hosts that serve the page themselves', () => {
  it.each([
    ['Vercel', vercelHeaders('/(.*)'), vercelHeaders('/assets/(.*)')],
    ['Netlify', netlifyHeaders('/*'), netlifyHeaders('/assets/*')],
  ])('send the headers that our server sends: %s', (_host, everywhere, hashedFiles) => {
    expect(everywhere).toEqual(SECURITY_HEADERS)
    expect(hashedFiles).toEqual(FOR_EVER)
  })
})

function vercelHeaders(path: string) {
  const sections = vercel.headers.filter(({ source }) => source === path)
  return Object.fromEntries(sections.flatMap(({ headers }) => headers.map(({ key, value }) => [key, value])))
}

function netlifyHeaders(path: string) {
  const sections = read('netlify.toml').split('[[headers]]')
  const values = sections.find((text) => text.includes(`for = "${path}"`))?.split('[headers.values]')[1] ?? ''
  return Object.fromEntries([...values.matchAll(/^ +([\w-]+) = "(.*)"$/gm)].map(([, name, value]) => [name, value]))
}

it('every setting stands in the table of docs/deploy.md', () => {
  const settings = new Set(read('api/_lib/configuration.ts').match(/\b(?:PINSMITH_[A-Z_]+|REDIS_URL|HOST|PORT)\b/g))
  const table = read('docs/deploy.md')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .join('\n')
  expect(settings.size).toBeGreaterThan(8)
  for (const name of settings) expect.soft(table, name).toContain(`\`${name}\``)
})
