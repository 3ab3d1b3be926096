import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../src/core/certificate/certificate.ts'
import type { Chain } from '../../../src/core/chain/chain.ts'
import { faultsOf, sentCertificates, type ServedListFault } from '../../../src/core/chain/served-list.ts'
import { certificate, chain, EVERYWHERE, link, servedList } from '../../support/cases.ts'
import { NO_PATHS } from '../../../src/core/chain/trust-path.ts'

const ROOT = certificate({ name: 'Root', isCa: true })
const CA = certificate({ name: 'CA', issuer: 'Root', isCa: true })
const LEAF = certificate({ name: 'leaf', issuer: 'CA' })
const STRANGER = certificate({ name: 'stranger', issuer: 'Nobody', isCa: true })

/** A chain to a root that Pinsmith added from its own store. */
function publicChain(...certificates: readonly Certificate[]): Chain {
  const root = link('root', ROOT, { origin: 'bundled-store', stores: EVERYWHERE })
  return { links: [...chain(certificates).links, root], end: { kind: 'public-root' }, search: NO_PATHS }
}

const name = ({ subject }: Certificate) => subject.commonName

function shown(fault: ServedListFault): string {
  switch (fault.kind) {
    case 'leaf-not-first':
      return `leaf not first but ${name(fault.first)}`
    case 'wrong-order':
      return `${name(fault.issuer)} before ${name(fault.certificate)}`
    case 'issuer-missing':
      return `issuer of ${name(fault.certificate)} missing, ${fault.intermediate ? name(fault.intermediate) : 'unknown'}`
    case 'repeated':
    case 'root-sent':
    case 'unrelated':
      return `${fault.kind}: ${name(fault.certificate)}`
  }
}

function faults(
  sent: readonly Certificate[],
  chains: readonly Chain[] = [publicChain(LEAF, CA)],
  reserve: readonly Certificate[] = [],
) {
  return faultsOf(sent, { chains, reserve }).map(shown)
}

describe('a list that a server sent', () => {
  it('has no fault when each certificate certifies the one before and the root is left out', () => {
    expect(faults([LEAF, CA])).toEqual([])
  })

  it('is empty without a fault', () => {
    expect(faults([])).toEqual([])
  })

  it('may be a leaf directly under a root of the store', () => {
    const leaf = certificate({ name: 'leaf', issuer: 'Root' })
    expect(faults([leaf], [publicChain(leaf)])).toEqual([])
  })

  it('may be one certificate that signed itself', () => {
    const alone = certificate({ name: 'device', isCa: true })
    expect(faults([alone], [chain([alone], { kind: 'self-signed-leaf' })])).toEqual([])
  })

  it('does not begin with the leaf', () => {
    expect(faults([CA, LEAF])).toEqual(['leaf not first but CA', 'CA before leaf'])
  })

  it('is in the wrong order when a certificate stands before one that it certifies', () => {
    const lower = certificate({ name: 'lower', issuer: 'CA', isCa: true })
    const leaf = certificate({ name: 'leaf', issuer: 'lower' })
    expect(faults([leaf, CA, lower], [publicChain(leaf, lower, CA)])).toEqual(['CA before lower'])
  })

  it('may have branches of cross-certificates', () => {
    const cross = certificate({ name: 'CA', key: 'CA', issuer: 'Old Root', isCa: true })
    const upper = certificate({ name: 'Old Root', issuer: 'Older Root', isCa: true })
    expect(faults([LEAF, CA, cross, upper])).toEqual([])
  })

  it('may hold CAs that certified each other, in any order', () => {
    const one = certificate({ name: 'one', issuer: 'two', isCa: true })
    const two = certificate({ name: 'two', issuer: 'one', isCa: true })
    const leaf = certificate({ name: 'leaf', issuer: 'one' })
    expect(faults([leaf, one, two], [publicChain(leaf, one)])).toEqual([])
    expect(faults([leaf, two, one], [publicChain(leaf, one)])).toEqual([])
  })

  it('repeats a certificate', () => {
    expect(faults([LEAF, CA, CA, LEAF])).toEqual(['repeated: leaf', 'repeated: CA'])
  })

  it('holds a root', () => {
    expect(faults([LEAF, CA, ROOT])).toEqual(['root-sent: Root'])
  })

  it('holds a certificate that has nothing to do with the leaf', () => {
    expect(faults([LEAF, STRANGER, CA])).toEqual(['unrelated: stranger'])
  })

  it('tells CAs of one name apart by their key identifiers', () => {
    const newer = certificate({
      name: 'CA',
      key: 'newer',
      issuer: 'Root',
      isCa: true,
      extensions: { subjectKeyIdentifier: 'bb' },
    })
    const leaf = certificate({ name: 'leaf', issuer: 'CA', extensions: { authorityKeyIdentifier: 'aa' } })
    const older = certificate({
      name: 'CA',
      key: 'older',
      issuer: 'Root',
      isCa: true,
      extensions: { subjectKeyIdentifier: 'aa' },
    })
    expect(faults([leaf, newer, older], [publicChain(leaf, older)])).toEqual(['unrelated: CA'])
  })
})

describe('a missing issuer', () => {
  it('is an intermediate when another source has it', () => {
    expect(faults([LEAF])).toEqual(['issuer of leaf missing, CA'])
    expect(faults([LEAF], [chain([LEAF])], [CA])).toEqual(['issuer of leaf missing, CA'])
  })

  it('may be anything when nothing has it', () => {
    const end = { kind: 'issuer-missing', issuer: LEAF.issuer } as const
    expect(faults([LEAF], [chain([LEAF], end)])).toEqual(['issuer of leaf missing, unknown'])
  })

  it('is that of the uppermost certificate', () => {
    const end = { kind: 'issuer-missing', issuer: CA.issuer } as const
    expect(faults([LEAF, CA], [chain([LEAF, CA], end)])).toEqual(['issuer of CA missing, unknown'])
  })

  it('is none when it is a private root that another source has: a root need not be sent', () => {
    expect(faults([LEAF, CA], [chain([LEAF, CA, ROOT], { kind: 'private-root' })])).toEqual([])
  })

  it('is none above a cross-certificate of a root of the store', () => {
    const cross = certificate({ name: 'Root', issuer: 'Older Root', isCa: true })
    expect(faults([LEAF, CA, cross])).toEqual([])
  })
})

describe('the certificates of a list', () => {
  const known = { chains: [publicChain(LEAF, CA)], reserve: [STRANGER] }

  it('are found among chains and reserve, in the order sent', () => {
    expect(sentCertificates(servedList([STRANGER, LEAF, CA, LEAF]), known)).toEqual([STRANGER, LEAF, CA, LEAF])
  })

  it('are not judged when one of them is unknown', () => {
    const gone = certificate({ name: 'not decodable' })
    expect(sentCertificates(servedList([LEAF, gone]), known)).toBeNull()
    expect(sentCertificates({ fingerprints: [LEAF.sha256, null], presentedBy: [] }, known)).toBeNull()
  })
})
