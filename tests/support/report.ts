/** Says in the output of the test run why something was not tested; the run's summary line only counts it. */
export function reportSkipped(title: string, reason: string): void {
  console.warn(`SKIPPED ${title}: ${reason}`)
}
