import type { Block } from './block.ts'
import { pinOf } from './fingerprint.ts'
import { readJsonWebKeys } from './json-web-key.ts'
import { openSshKeyInfo, openSshKeys } from './open-ssh.ts'
import { keyBlock } from './read-binary.ts'

/** A JWK Set of this size holds thousands of keys. */
const LONGEST_JSON = 1024 * 1024

/**
 * Keys that are written as text, not as PEM: JWK, JWK Set and OpenSSH lines. None when there are none. Reading is
 * lazy: stop when enough was seen.
 */
export function* readKeyText(text: string): Generator<Block, void, undefined> {
  const isJson = /^\s*[[{]/.test(text) && text.length <= LONGEST_JSON
  const jsonWebKeys = isJson ? readJsonWebKeys(text) : null
  if (jsonWebKeys) {
    for (const { keyInfo, isPrivate, name } of jsonWebKeys) {
      if (isPrivate) yield { kind: 'private-key', encrypted: false, pin: keyInfo && pinOf(keyInfo) }
      else if (keyInfo) yield keyBlock(keyInfo, { origin: 'public-key', name })
      else yield { kind: 'damaged', reason: 'not-decodable', looksLike: 'public-key' }
    }
    return
  }
  for (const { blob, comment } of openSshKeys(text)) {
    const keyInfo = openSshKeyInfo(blob)
    yield keyInfo
      ? keyBlock(keyInfo, { origin: 'public-key', name: comment })
      : { kind: 'damaged', reason: 'not-decodable', looksLike: 'public-key' }
  }
}
