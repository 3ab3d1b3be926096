import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { keyFileNames } from '../../../src/app/backup-key/file-names.ts'
import { readRequestNames } from '../../../src/app/backup-key/request-names.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'

const PIN = 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=' as SpkiPin
const DIGITS = Buffer.from(PIN, 'base64').toString('hex').slice(0, 8)

it('the files of a key have the same name, of its host and its pin', () => {
  expect(keyFileNames('api.example.com', PIN)).toEqual({
    key: `backup-api.example.com-${DIGITS}.key`,
    request: `backup-api.example.com-${DIGITS}.csr`,
  })
  expect(keyFileNames('*.example.com', PIN).key).toBe(`backup-example.com-${DIGITS}.key`)
})

it('a name is one word of a shell, leads into no other folder, and is not too long, whatever was typed', () => {
  const hosts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.domain(), fc.constant('a.'.repeat(120)))
  fc.assert(
    fc.property(hosts, (text) => {
      for (const name of readRequestNames(text).names) {
        const { key, request } = keyFileNames(name, PIN)
        for (const file of [key, request]) {
          expect(file).toMatch(/^backup-[a-z\d._-]+-[\da-f]{8}\.(?:key|csr)$/)
          expect(file.length).toBeLessThan(200)
        }
      }
    }),
  )
})
