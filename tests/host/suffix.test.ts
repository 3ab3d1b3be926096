import { describe, expect, it } from 'vitest'
import { cleanHost } from '../../src/host/clean-host.ts'
import { lookUpSuffix } from '../../src/host/suffix.ts'
import { valueOf } from '../support/outcome.ts'

const lookUp = (host: string) => lookUpSuffix(valueOf(cleanHost(host)).host)

describe('a public suffix', () => {
  it.each([
    ['com', 'an ICANN suffix of one label'],
    ['co.uk', 'an ICANN suffix of two labels'],
    ['xn--p1ai', 'an international suffix'],
    ['anything.ck', 'a suffix by a wildcard rule'],
    ['github.io', 'a private suffix'],
    ['s3.amazonaws.com', 'a private suffix below a domain of its owner'],
  ])('%s is one: %s', async (host) => {
    expect(await lookUp(host)).toEqual({ registrableDomain: null, isPublicSuffix: true })
  })
})

describe('the registrable domain', () => {
  it.each([
    ['example.com', 'example.com'],
    ['a.b.example.com', 'example.com'],
    ['_sip.example.com', 'example.com'],
    ['example.co.uk', 'example.co.uk'],
    ['a.b.example.co.uk', 'example.co.uk'],
    ['octocat.github.io', 'octocat.github.io'],
    ['www.octocat.github.io', 'octocat.github.io'],
    ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
    // The exception `!www.ck` to the rule `*.ck`.
    ['www.ck', 'www.ck'],
  ])('of %s is %s', async (host, registrableDomain) => {
    expect(await lookUp(host)).toEqual({ registrableDomain, isPublicSuffix: false })
  })
})

describe('a name that the list does not know', () => {
  it.each(['localhost', 'intranet', 'internal', 'db.internal', 'a.b.c.internal', 'printer.local', 'a.unknown-tld'])(
    '%s is no suffix and has no registrable domain',
    async (host) => {
      expect(await lookUp(host)).toEqual({ registrableDomain: null, isPublicSuffix: false })
    },
  )
})
