import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/third-party-host.ts'
import { exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const rowOf = (host: string, choices = pinning('leaf')) => row({ host, chains: [exampleChain(host)], choices })

describe('a host of somebody else', () => {
  it.each([
    ['api.stripe.com', 'Stripe', 'https://docs.stripe.com/tls-certificates'],
    ['maps.googleapis.com', 'Google or Firebase hosting', 'https://developers.google.com/'],
    ['shop.firebaseio.com', 'Google or Firebase hosting', 'https://developers.google.com/'],
    ['graph.facebook.com', 'Meta', 'https://cheatsheetseries.owasp.org/'],
    ['s3.eu-central-1.amazonaws.com', 'Amazon Web Services', 'https://docs.aws.amazon.com/'],
    ['me.okta.com', 'Okta', 'https://support.okta.com/'],
    ['production.plaid.com', 'Plaid', 'https://plaid.com/docs/'],
    ['checkout.adyen.com', 'Adyen', 'https://help.adyen.com/'],
    ['api.mapbox.com', 'Mapbox', 'https://docs.mapbox.com/'],
  ])('%s is of %s', (host, owner, source) => {
    const finding = findingOf(rule, contextOf([rowOf(host)]))
    expect(finding).toMatchObject({ severity: 'warning', title: `${host} belongs to ${owner}, not to you` })
    expect(finding.source).toContain(source)
    expect(finding.why).toContain(`your app stops connecting to ${host}`)
  })

  it('says what its owner says, or that nothing is known', () => {
    expect(findingOf(rule, contextOf([rowOf('api.stripe.com')])).why).toContain('Stripe recommends against pinning')
    expect(findingOf(rule, contextOf([rowOf('api.plaid.com')])).why).toContain('should never be used')
    expect(findingOf(rule, contextOf([rowOf('graph.facebook.com')])).why).toContain(
      'No advice of Meta on pinning is known.',
    )
  })

  it('is a whole suffix under which many have their own', () => {
    const one = rowOf('co.example')
    const suffix = one.hostRule && { ...one, hostRule: { ...one.hostRule, isPublicSuffix: true } }
    expect(findingOf(rule, contextOf(suffix ? [suffix] : []))).toMatchObject({
      severity: 'warning',
      title: 'co.example is a public suffix, not a host of yours',
    })
  })
})

it.each(['api.example.com', 'notstripe.com', 'stripe.com.example.org', 'mygoogleapis.com'])(
  '%s is nobody’s',
  (host) => {
    expect(findingsOf(rule, contextOf([rowOf(host)]))).toEqual([])
  },
)

it('a host of somebody else that is not pinned is no risk', () => {
  expect(findingsOf(rule, contextOf([rowOf('api.stripe.com', pinning()), rowOf('api.example.com')]))).toEqual([])
})

it('does not apply without pins', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
