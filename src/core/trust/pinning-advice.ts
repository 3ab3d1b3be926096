/** What a CA or a provider says itself of pinning its certificates, in our words. */
export interface PinningAdvice {
  readonly text: string
  readonly source: string
  /** The day on which the source was read, `yyyy-MM-dd`. */
  readonly read: string
}
