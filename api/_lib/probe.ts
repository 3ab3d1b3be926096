import type {
  AddressReport,
  DeclinedOffer,
  Handshake,
  KeyType,
  Offer,
  OfferFailure,
} from '../../src/live-chain/contract.js'
import type { ConnectionGate } from './connection-gate.js'
import type { Dial, DialFailure, Presented } from './dial.js'
import type { CheckedAddress, Target } from './guard.js'
import { failed } from './result.js'
import type { Result } from './result.js'

/** What one address showed. The handshakes still hold their certificates. */
export interface Probe extends Omit<AddressReport, 'handshakes'> {
  readonly handshakes: readonly (Omit<Handshake, 'chain'> & Pick<Presented, 'certificates'>)[]
}

export interface ProbeOptions {
  readonly dial: Dial
  readonly gate: ConnectionGate
  readonly idleMilliseconds: number
  readonly signal: AbortSignal
}

const KEY_TYPES: readonly KeyType[] = ['ecdsa', 'rsa']
const RETRY_AFTER_SECONDS = 2

/**
 * Asks an address for its certificates of both key types: first what it picks by itself, then what that leaves open. Two
 * connections, or three where the server's own choice is of neither type. Never rejects.
 */
export async function probe(
  target: Target,
  address: CheckedAddress,
  { dial, gate, idleMilliseconds, signal }: ProbeOptions,
): Promise<Probe> {
  const ask = async (offer: Offer): Promise<Result<Presented, DialFailure>> => {
    if (signal.aborted) return failed({ kind: 'timed-out', isTurnedDown: false })
    const outcome = await gate(address, signal, () => dial(target, address, { offer, idleMilliseconds, signal }))
    return outcome ?? failed({ kind: 'busy', isTurnedDown: false, retryAfterSeconds: RETRY_AFTER_SECONDS })
  }

  const any = await ask('any')
  // What stopped the widest offer would stop a narrower one.
  if (!any.ok) return { address, handshakes: [], declined: [], failures: [failureOf('any', any.failure)] }

  const { leafKeyType } = any.value
  const open = KEY_TYPES.filter((keyType) => keyType !== leafKeyType)
  const answers = await Promise.all(open.map(async (offer) => ({ offer, outcome: await ask(offer) })))

  const handshakes = [handshake(leafKeyType === null ? ['any'] : ['any', leafKeyType], any.value)]
  const declined: DeclinedOffer[] = []
  const failures: OfferFailure[] = []
  for (const { offer, outcome } of answers) {
    if (outcome.ok) handshakes.push(handshake([offer], outcome.value))
    else if (outcome.failure.isTurnedDown) declined.push(declinedOffer(offer, outcome.failure))
    else failures.push(failureOf(offer, outcome.failure))
  }
  return { address, handshakes, declined, failures }
}

function handshake(offers: readonly Offer[], presented: Presented): Probe['handshakes'][number] {
  const { certificates, tlsVersion, alpn, clientCertificateRequested, milliseconds } = presented
  return { offers, certificates, tlsVersion, alpn, clientCertificateRequested, milliseconds }
}

function declinedOffer(offer: KeyType, { alert }: DialFailure): DeclinedOffer {
  return alert === undefined ? { offer } : { offer, alert }
}

function failureOf(offer: Offer, { isTurnedDown: _isTurnedDown, ...failure }: DialFailure): OfferFailure {
  return { ...failure, offer }
}
