import { expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/provider-leaf.ts'
import { exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { publicChain, ROOTS } from '../public-chains.ts'

const HOST = 'api.example.com'
const CLOUDFLARE = publicChain(HOST, ROOTS.gtsR4, { leaf: { dnsNames: [HOST, 'sni.cloudflaressl.com'] } })
const rowOf = (choices = pinning('leaf'), one = CLOUDFLARE) => row({ host: HOST, chains: [one], choices })

it('a pinned leaf of a content network is a warning, in the words of the provider and with its page', () => {
  expect(findingOf(rule, contextOf([rowOf()]))).toMatchObject({
    severity: 'warning',
    tab: 'results',
    title: 'Cloudflare seems to hold the pinned leaf key of api.example.com',
    why: expect.stringMatching(/Cloudflare rotates the certificates at its edge.*Do not pin this leaf\./) as unknown,
    source: 'https://developers.cloudflare.com/ssl/reference/certificate-pinning/',
  })
})

it('so is one of AWS Certificate Manager', () => {
  const one = publicChain(HOST, ROOTS.isrgX1)
  const [leaf, ...others] = one.links
  if (!leaf) throw new Error('no leaf')
  const issuer = { text: 'CN=Amazon RSA 2048 M04,O=Amazon', commonName: 'Amazon RSA 2048 M04', organization: 'Amazon' }
  const links = [{ ...leaf, certificate: { ...leaf.certificate, issuer } }, ...others]
  expect(findingOf(rule, contextOf([rowOf(pinning('leaf'), { ...one, links })])).title).toBe(
    'Amazon Web Services seems to hold the pinned leaf key of api.example.com',
  )
})

it('a pinned CA makes it a note', () => {
  expect(findingOf(rule, contextOf([rowOf(pinning('leaf', 'root'))]))).toMatchObject({
    severity: 'note',
    why: expect.stringContaining('leave out the leaf') as unknown,
  })
})

it('nothing is told where the leaf is not pinned', () => {
  expect(findingsOf(rule, contextOf([rowOf(pinning('root'))]))).toEqual([])
})

it('does not apply without a sign of a provider', () => {
  expect(findingsOf(rule, contextOf([rowOf(pinning('leaf'), exampleChain(HOST))]))).toBe('does not apply')
})
