import type { SpkiPin } from '../core/pins/spki-pin.ts'
import type { Result } from '../core/result.ts'
import type { BackupKey, BackupKeyFailure, BackupKeyOrder } from './backup-key.ts'
import type {
  ChainReport,
  EngineFailure,
  IdentifiedRoot,
  IdentifiedRoots,
  InspectOptions,
  Inspection,
} from './inspection.ts'

/** What the client asks of the worker: plain cloneable data, one job at a time. */
export type EngineRequest =
  | { readonly id: number; readonly job: 'inspect'; readonly bytes: Uint8Array; readonly options: InspectOptions }
  | {
      readonly id: number
      readonly job: 'build-chains'
      readonly certificates: readonly Uint8Array[]
      readonly now: number
    }
  | { readonly id: number; readonly job: 'identify-roots'; readonly digests: readonly SpkiPin[] }
  | { readonly id: number; readonly job: 'candidate-roots'; readonly certificate: Uint8Array }

/** The worker's answer to the request of the same id. */
export type EngineReply =
  | { readonly id: number; readonly job: 'inspect'; readonly result: Result<Inspection, EngineFailure> }
  | { readonly id: number; readonly job: 'build-chains'; readonly result: Result<ChainReport, EngineFailure> }
  | {
      readonly id: number
      readonly job: 'identify-roots'
      readonly result: Result<IdentifiedRoots, EngineFailure>
    }
  | {
      readonly id: number
      readonly job: 'candidate-roots'
      readonly result: Result<readonly IdentifiedRoot[], EngineFailure>
    }

/** What the client for keys asks of a worker of its own. */
export interface BackupKeyRequest {
  readonly id: number
  readonly job: 'make-backup-key'
  readonly order: BackupKeyOrder
}

export interface BackupKeyReply {
  readonly id: number
  readonly job: 'make-backup-key'
  readonly result: Result<BackupKey, BackupKeyFailure>
}
