import { failed, ok, type Result } from '../core/result.ts'
import { askEndpoint, noAnswer, otherAnswer } from './ask-endpoint.ts'
import type { EndpointFailure, EndpointOptions } from './ask-endpoint.ts'
import { ISSUER_PATH, ISSUER_PROBLEMS } from './contract.ts'
import type { IssuerFailure, IssuerReply } from './contract.ts'
import { isCount, isKindOf, isRecord, readDerList, readFacts } from './wire.ts'

/** What a "CA Issuers" address led to. */
export interface IssuerFile extends Omit<IssuerReply, 'certificates'> {
  /** DER, at least one. Nobody has checked that any of them is the issuer. */
  readonly certificates: readonly Uint8Array[]
}

export type IssuerClientFailure = IssuerFailure | EndpointFailure

/** The page's way to `GET /api/issuer`. The function it returns never rejects. */
export function createIssuerClient(options: EndpointOptions) {
  /** @param url the "CA Issuers" address exactly as the certificate has it; `bad-url` unless it is plain http */
  return async function fetchIssuer(
    url: string,
    signal: AbortSignal,
  ): Promise<Result<IssuerFile, IssuerClientFailure>> {
    const answer = await askEndpoint(ISSUER_PATH, { url }, signal, options)
    if (answer === null) return failed(noAnswer(signal))
    if (answer.status !== 200) return failed(readFailure(answer.body) ?? otherAnswer(answer))
    const file = readFile(answer.body)
    return file === null ? failed(otherAnswer(answer)) : ok(file)
  }
}

function readFile(body: unknown): IssuerFile | null {
  if (!isRecord(body)) return null
  const certificates = readDerList(body.certificates)
  const { ageSeconds } = body
  if (certificates === null || (ageSeconds !== undefined && !isCount(ageSeconds))) return null
  return ageSeconds === undefined ? { certificates } : { certificates, ageSeconds }
}

/** Only the facts of the failure; a problem document says more. */
function readFailure(value: unknown): IssuerFailure | null {
  if (!isRecord(value) || !isKindOf(ISSUER_PROBLEMS, value.kind)) return null
  const facts = readFacts(value)
  return facts === null ? null : { kind: value.kind, ...facts }
}
