import { describe, expect, it } from 'vitest'
import { PROVIDERS } from '../../../src/core/trust/providers.ts'
import { thirdPartyOf } from '../../../src/core/trust/third-parties.ts'

describe('a host by its name', () => {
  it.each([
    ['stripe.com', 'Stripe'],
    ['api.stripe.com', 'Stripe'],
    ['login.microsoftonline.com', 'Microsoft'],
    ['a.b.c.okta.com', 'Okta'],
    ['api.plaid.com', 'Plaid'],
    ['checkout.adyen.com', 'Adyen'],
    ['api.braintreegateway.com', 'Braintree'],
    ['api.segment.io', 'Segment'],
    ['api.mixpanel.com', 'Mixpanel'],
    ['api2.amplitude.com', 'Amplitude'],
    ['onesignal.com', 'OneSignal'],
    ['api2.branch.io', 'Branch'],
    ['app-measurement.com', 'Google Analytics'],
    ['api.mapbox.com', 'Mapbox'],
    ['slack.com', 'Slack'],
    ['acme.my.salesforce.com', 'Salesforce'],
    ['hooks.zapier.com', 'Zapier'],
    ['bucket.s3.amazonaws.com', 'Amazon Web Services'],
    ['shop.myapp.web.app', 'Google or Firebase hosting'],
    ['someone.github.io', 'GitHub Pages'],
  ])('%s is of %s', (host, name) => {
    const found = thirdPartyOf(host)
    expect(found?.name).toBe(name)
    expect(new URL(found?.source ?? '').protocol).toBe('https:')
    expect(found?.advice ?? 'Nothing known.').toMatch(/^[A-Z].*\.$/)
  })

  it.each([
    'example.com',
    'notstripe.com',
    'myplaid.com',
    'slack.com.example.org',
    'stripe.com.example.org',
    'com',
    'api.stripe.example',
  ])('%s is nobody’s', (host) => {
    expect(thirdPartyOf(host)).toBeNull()
  })

  it('is a provider’s below each of its domains', () => {
    for (const { domains, name } of PROVIDERS)
      for (const domain of domains) expect(thirdPartyOf(`x.${domain}`)).toMatchObject({ name, domain })
  })
})
