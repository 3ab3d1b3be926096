/** The parts of node-forge that `legacy-ciphers.ts` imports one by one; the types of the package know only the whole. */
declare module 'node-forge/lib/forge.js' {
  /** Bytes as the characters U+0000 to U+00FF. */
  type Binary = string

  interface ByteBuffer {
    getBytes(): Binary
  }

  interface MessageDigest {
    readonly digestLength: number
  }

  interface Decipher {
    start(iv: Binary): void
    update(input: ByteBuffer): void
    /** @param unpad called instead of removing the padding; false is failure */
    finish(unpad?: () => boolean): boolean
    readonly output: ByteBuffer
  }

  const forge: {
    readonly util: { createBuffer(bytes: Binary): ByteBuffer }
    readonly md: Readonly<Record<'sha1' | 'sha256' | 'sha384' | 'sha512', { create(): MessageDigest }>>
    readonly pbe: {
      /**
       * RFC 7292 appendix B.2.
       *
       * @param password null: no bytes at all, unlike the empty text
       */
      generatePkcs12Key(
        password: string | null,
        salt: ByteBuffer,
        id: number,
        iterations: number,
        length: number,
        digest: MessageDigest,
      ): ByteBuffer
    }
    readonly aes: { createDecryptionCipher(key: Binary, mode: 'CBC'): Decipher }
    readonly des: { createDecryptionCipher(key: Binary, mode: 'CBC'): Decipher }
    readonly rc2: { createDecryptionCipher(key: Binary, effectiveBits: number): Decipher }
  }
  export default forge
}

declare module 'node-forge/lib/pbe.js'
declare module 'node-forge/lib/sha512.js'
