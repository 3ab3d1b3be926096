import { expect, it } from 'vitest'
import { inService, presentedOf, serverChains, serverLeaf } from '../../../src/core/chain/server-chains.ts'
import { chain, EXAMPLE_CA, EXAMPLE_ROOT, exampleChain, otherChain } from '../../support/cases.ts'

const ONE = exampleChain('api.example.com')
const OTHER = otherChain('api.example.com')
const CAS = chain([EXAMPLE_CA, EXAMPLE_ROOT], ONE.end)
const ROLES = CAS.links.map(({ role }) => role)

const fingerprint = (of: typeof ONE) => of.links[0]!.certificate.sha256
const chainsOf = (found: ReturnType<typeof serverChains>) => found.map((one) => one.chain)

it('a server presents chains that begin with a leaf', () => {
  expect(ROLES).not.toContain('leaf')
  expect([ONE, CAS].map(serverLeaf)).toEqual([ONE.links[0]!.certificate, null])
  expect(serverChains([CAS, ONE, OTHER])).toEqual([ONE, OTHER].map((one) => ({ chain: one, leaf: serverLeaf(one) })))
})

it('in service is what was presented, and all where nothing was', () => {
  const chains = serverChains([ONE, CAS, OTHER])
  const served = new Set([fingerprint(OTHER)])
  expect(chainsOf(presentedOf(chains, served))).toEqual([OTHER])
  expect(chainsOf(inService(chains, served))).toEqual([OTHER])
  expect(presentedOf(chains, new Set())).toEqual([])
  expect(chainsOf(inService(chains, new Set()))).toEqual([ONE, OTHER])
  // What was presented is of none of these.
  expect(chainsOf(inService(chains, new Set([fingerprint(CAS)])))).toEqual([ONE, OTHER])
})
