/**
 * How many random cases a property is tried with: `usual` in the test command, and as many as `PINSMITH_FUZZ_CASES` says in
 * the long mode (`npm run test:fuzz`).
 */
export function runs(usual: number): { readonly numRuns: number } {
  const asked = Number(process.env['PINSMITH_FUZZ_CASES'])
  return { numRuns: asked > 0 ? asked : usual }
}

/** The same, and of the same cases each time unless many are asked for. */
export function samePlans(usual: number): { readonly numRuns: number; readonly seed?: number } {
  return { ...(!process.env['PINSMITH_FUZZ_CASES'] && { seed: 20_261_121 }), ...runs(usual) }
}

/** How long that may take: some ten thousand cases that are parsed one by one take minutes. */
export const RUNS_TIMEOUT = process.env['PINSMITH_FUZZ_CASES'] ? 3_600_000 : 60_000
