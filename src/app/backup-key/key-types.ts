import type { BackupKeyType } from '../../engine/backup-key.ts'

interface KeyTypeTexts {
  readonly name: string
  /** When to take it. */
  readonly hint: string
}

/** In the order of the menu, the default first. */
export const KEY_TYPES: Readonly<Record<BackupKeyType, KeyTypeTexts>> = {
  'p-256': {
    name: 'Elliptic curve P-256',
    hint: 'Small and quick. Public CAs, current servers and phones take it.',
  },
  'p-384': {
    name: 'Elliptic curve P-384',
    hint: 'For a policy that asks for it. Android 7.0 may refuse it.',
  },
  'rsa-2048': {
    name: 'RSA, 2048 bit',
    hint: 'For a CA, a server or a device in between that takes no elliptic curves.',
  },
  'rsa-3072': {
    name: 'RSA, 3072 bit',
    hint: 'For a policy that asks for it. Each connection costs the server more.',
  },
  'rsa-4096': {
    name: 'RSA, 4096 bit',
    hint: 'For a policy that asks for it. Each connection costs the server most.',
  },
}

export const DEFAULT_KEY_TYPE: BackupKeyType = 'p-256'

export function isKeyType(value: string): value is BackupKeyType {
  return Object.hasOwn(KEY_TYPES, value)
}
