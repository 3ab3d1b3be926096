/**
 * How many random cases a property is tried with: `usual` in the test command, and as many as `PINSMITH_FUZZ_CASES` says in
 * the long mode (`npm run test:fuzz`).
 */
export function runs(usual: number): { readonly numRuns: number } {
  const asked = Number(process.env['PINSMITH_FUZZ_CASES'])
  return { numRuns: asked > 0 ? asked : usual }
}

/** How long that may take: some ten thousand cases that are parsed one by one take minutes. */
export const RUNS_TIMEOUT = process.env['PINSMITH_FUZZ_CASES'] ? 3_600_000 : 60_000
