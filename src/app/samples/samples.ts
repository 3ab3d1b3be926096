import type { ChainRole } from '../../core/chain/chain.ts'
import api from './certificates/api.pinsmith.example.pem?raw'
import apiReserve from './certificates/api.pinsmith.example-reserve.pem?raw'
import intranet from './certificates/intranet.pinsmith.example.pem?raw'
import login from './certificates/login.pinsmith.example.pem?raw'
import loginReserve from './certificates/login.pinsmith.example-reserve.pem?raw'
import parent from './certificates/pinsmith.example.pem?raw'
import shopExpired from './certificates/shop.pinsmith.example-expired.pem?raw'
import other from './certificates/www.other.example.pem?raw'

export type SampleName = 'sound' | 'breaking' | 'private-root'

export interface SampleRow {
  readonly host: string
  readonly includeSubdomains: boolean
  readonly pinned: readonly ChainRole[]
  /** PEM text by file name. */
  readonly files: Readonly<Record<string, string>>
}

/** Rows as a user could have made them. `README.md` says where the certificates come from. */
export const SAMPLES: Readonly<Record<SampleName, readonly SampleRow[]>> = {
  sound: [
    {
      host: 'api.pinsmith.example',
      includeSubdomains: false,
      pinned: ['leaf'],
      files: { 'api.pem': api, 'api-reserve.pem': apiReserve },
    },
    {
      host: 'login.pinsmith.example',
      includeSubdomains: false,
      pinned: ['leaf'],
      files: { 'login.pem': login, 'login-reserve.pem': loginReserve },
    },
  ],
  breaking: [
    {
      host: 'pinsmith.example',
      includeSubdomains: true,
      pinned: ['leaf', 'root'],
      files: { 'pinsmith.pem': parent },
    },
    {
      host: 'shop.pinsmith.example',
      includeSubdomains: false,
      pinned: ['leaf'],
      files: { 'shop.pem': shopExpired },
    },
    {
      host: 'files.pinsmith-app.example',
      includeSubdomains: false,
      pinned: ['leaf'],
      files: { 'files.pem': other },
    },
  ],
  'private-root': [
    {
      host: 'intranet.pinsmith.example',
      includeSubdomains: true,
      pinned: ['root'],
      files: { 'intranet.pem': intranet },
    },
  ],
}
