/** Inline text knows `code` and **strong** alone; `splitInline` reads it. */
export type FaqBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered?: true; readonly items: readonly string[] }
  /** Shown as it stands; no inline marks. */
  | { readonly kind: 'code'; readonly text: string }
  /** The first cell of a row is its heading. */
  | {
      readonly kind: 'table'
      readonly caption: string
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  /** To another place of the FAQ: what stands behind `#faq/`. */
  | { readonly kind: 'link'; readonly text: string; readonly to: string }

export interface FaqSource {
  readonly title: string
  readonly url: string
}

export interface FaqAnswer {
  /** Part of addresses that people keep, and of the alerts' links: never renamed. */
  readonly id: string
  readonly question: string
  readonly blocks: readonly FaqBlock[]
  readonly sources: readonly FaqSource[]
}
