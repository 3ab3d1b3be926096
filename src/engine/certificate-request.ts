import { failed, ok, type Result } from '../core/result.ts'
import { readChildren, readElement, TAG } from './der.ts'
import type { DamageReason } from './inspection.ts'

/** The parts of a request that matter here: views on its own bytes. */
export interface RequestParts {
  readonly subject: Uint8Array
  readonly subjectPublicKeyInfo: Uint8Array
}

/** Cuts a PKCS#10 certification request (RFC 2986 §4) at the beginning of `bytes` into its parts. */
export function requestParts(bytes: Uint8Array): Result<RequestParts, DamageReason> {
  const request = readElement(bytes, 0)
  if (!request.ok) return failed(request.failure === 'truncated' ? 'truncated' : 'not-decodable')
  const [information] = readChildren(bytes, request.value, 1) ?? []
  const [, subject, key] = (information && readChildren(bytes, information, 3)) ?? []
  const [algorithm, bits] = (key && readChildren(bytes, key, 2)) ?? []
  if (!subject || !key || algorithm?.tag !== TAG.sequence || bits?.tag !== TAG.bitString) return failed('not-decodable')
  return ok({
    subject: bytes.subarray(subject.start, subject.end),
    subjectPublicKeyInfo: bytes.subarray(key.start, key.end),
  })
}
