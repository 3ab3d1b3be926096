import type { Block } from './block.ts'
import { MAX_CONTENTS } from './content.ts'
import { pinOf } from './fingerprint.ts'
import { readJsonWebKeys } from './json-web-key.ts'
import { openSshKeyInfo, openSshKeys } from './open-ssh.ts'
import { keyBlock } from './read-binary.ts'

/** A JWK Set of this size holds thousands of keys. */
const LONGEST_JSON = 1024 * 1024

/** Keys that are written as text, not as PEM: JWK, JWK Set and OpenSSH lines. Empty when there are none. */
export function readKeyText(text: string): readonly Block[] {
  const isJson = /^\s*[[{]/.test(text) && text.length <= LONGEST_JSON
  const jsonWebKeys = isJson ? readJsonWebKeys(text) : null
  if (jsonWebKeys) {
    return jsonWebKeys.slice(0, MAX_CONTENTS).map(({ keyInfo, isPrivate, name }): Block => {
      if (isPrivate) return { kind: 'private-key', encrypted: false, pin: keyInfo && pinOf(keyInfo) }
      if (!keyInfo) return { kind: 'damaged', reason: 'not-decodable', looksLike: 'public-key' }
      return keyBlock(keyInfo, { origin: 'public-key', name })
    })
  }
  const blocks: Block[] = []
  for (const { blob, comment } of openSshKeys(text)) {
    if (blocks.length === MAX_CONTENTS) break
    const keyInfo = openSshKeyInfo(blob)
    blocks.push(
      keyInfo
        ? keyBlock(keyInfo, { origin: 'public-key', name: comment })
        : { kind: 'damaged', reason: 'not-decodable', looksLike: 'public-key' },
    )
  }
  return blocks
}
