/** Swift's grammar and Alamofire's look-up over everything that we print for it. */
import { describe, expect, it } from 'vitest'
import { alamofire } from '../../../../src/core/formats/ios/alamofire.ts'
import { urlSession } from '../../../../src/core/formats/ios/urlsession.ts'
import { shortfallsOf } from '../../../../src/core/formats/shortfalls.ts'
import { codeAround, swiftKeyHeaders, swiftPinnedHosts } from '../../../oracles/swift-pins.ts'
import { parseProblems } from '../../../support/grammar.ts'
import { contentOf, renderingsOf } from '../renderings.ts'
import { hostsAround, wantedEntries, wantedOnAndroid } from '../wanted.ts'

const files = renderingsOf(alamofire).flatMap((rendering) => {
  const text = contentOf(rendering, 'session')
  return text === null ? [] : [{ ...rendering, text }]
})
const [model] = files

it('every case but one has something to pin', () => {
  expect(renderingsOf(alamofire).filter(({ snippets }) => snippets.length === 0)).toMatchObject([
    { name: 'nothing-pinned' },
  ])
})

describe.each(files)('the session for $name', ({ planCase: { rows }, plan, text }) => {
  it('is Swift', async () => {
    expect(await parseProblems('swift', text)).toEqual([])
  })

  it('asks for exactly the wanted pins for exactly the hosts', async () => {
    const evaluators = await swiftPinnedHosts(text, 'evaluators')
    expect(Array.from(evaluators, ([host, { pins }]) => [host, pins])).toEqual(
      wantedEntries(rows).map(({ host, leaf, ca, unknown }) => [host, new Set([...leaf, ...ca, ...unknown])]),
    )
  })

  it('misses no host that is to be pinned without a shortfall that says so', async () => {
    const evaluators = await swiftPinnedHosts(text, 'evaluators')
    const missed = hostsAround(rows).filter((host) => wantedOnAndroid(rows, host) !== null && !evaluators.has(host))
    const said = shortfallsOf(alamofire, plan, {}, []).flatMap(({ kind, hosts }) =>
      kind === 'subdomains' ? hosts : [],
    )
    expect(missed.filter((host) => !said.some((parent) => host.endsWith(`.${parent}`)))).toEqual([])
    expect(said).toEqual(plan.policies.filter((policy) => policy.includeSubdomains).map(({ host }) => host))
  })

  it('has the same code as any other', () => {
    expect(codeAround(text)).toBe(codeAround(model?.text ?? ''))
  })
})

describe('the evaluator', () => {
  const code = model?.text ?? ''

  it('lets Alamofire find the chain valid before it looks for a key, and throws when there is none', () => {
    const order = [
      'DefaultTrustEvaluator().evaluate(trust, forHost: host)',
      'hasKeyIn: pins) else { throw NoPinnedKey() }',
    ]
    const places = order.map((part) => code.indexOf(part))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })

  it('has the key headers of the URLSession delegate', async () => {
    const delegate = renderingsOf(urlSession)[0]
    expect(await swiftKeyHeaders(code)).toEqual(await swiftKeyHeaders(contentOf(delegate!, 'delegate') ?? ''))
  })

  it('finds a host however the URL writes it, by Alamofire’s own look-up', () => {
    const [override = ''] = /override func serverTrustEvaluator[\s\S]*?\n {4}\}\n/.exec(code) ?? []
    expect(override.split('\n').map((line) => line.trim())).toEqual([
      'override func serverTrustEvaluator(forHost host: String) throws -> (any ServerTrustEvaluating)? {',
      'var name = host.lowercased()',
      'if name.hasSuffix(".") { name.removeLast() }',
      'return try super.serverTrustEvaluator(forHost: name)',
      '}',
      '',
    ])
    expect(code).toContain('class PinnedHosts: ServerTrustManager, @unchecked Sendable {')
  })

  it('leaves hosts without pins to the usual evaluation', () => {
    expect(code).toContain('PinnedHosts(allHostsMustBeEvaluated: false, evaluators: evaluators)')
  })
})
