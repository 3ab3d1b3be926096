import { connect as connectSocket } from 'node:net'
import type { Socket } from 'node:net'
import type { LiveChainFailureKind } from '../../src/live-chain/contract.js'
import type { CheckedAddress } from './guard.js'

/** Opens a TCP connection. An argument wherever one is made, so that a test can see that none was. */
export type Connect = (to: { readonly host: CheckedAddress; readonly port: number }) => Socket

/** An address is no name: nothing is looked up on the way. */
export const connectTcp: Connect = (to) => connectSocket(to)

const KIND_OF_ERROR: Readonly<Record<string, Extract<LiveChainFailureKind, 'refused' | 'timed-out' | 'unreachable'>>> =
  {
    ECONNREFUSED: 'refused',
    ETIMEDOUT: 'timed-out',
    EACCES: 'unreachable',
    EADDRNOTAVAIL: 'unreachable',
    EAFNOSUPPORT: 'unreachable',
    EHOSTDOWN: 'unreachable',
    EHOSTUNREACH: 'unreachable',
    EINVAL: 'unreachable',
    ENETDOWN: 'unreachable',
    ENETUNREACH: 'unreachable',
    EPERM: 'unreachable',
  }

/** Why there is no connection; null for an error that came after it was made. */
export function connectionFailure({ code }: NodeJS.ErrnoException) {
  return KIND_OF_ERROR[code ?? ''] ?? null
}
