/** @typedef {{ what: string, figures: Record<string, { value: number, unit: string }> }} Measurement */

/** @param {number} value */
export function milliseconds(value) {
  return { value, unit: 'ms' }
}

/**
 * One line per case; the first is what the ratios refer to.
 *
 * @param {string} title
 * @param {Measurement[]} measurements
 */
export function print(title, measurements) {
  const [baseline] = measurements
  if (!baseline) return
  const names = Object.keys(baseline.figures)
  console.log(`\n${title}\n`)
  console.log(`  ${''.padEnd(24)}${names.map((name) => name.padStart(28)).join('')}`)
  for (const { what, figures } of measurements) {
    const cells = names.map((name) => {
      const { value, unit } = figures[name] ?? { value: Number.NaN, unit: '' }
      const ratio = value / (baseline.figures[name]?.value ?? Number.NaN)
      const text = `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`
      return `${text.padStart(19)}  ${Number.isFinite(ratio) ? `${ratio.toFixed(ratio < 10 ? 2 : 1)}x`.padStart(7) : ''.padStart(7)}`
    })
    console.log(`  ${what.padEnd(24)}${cells.join('')}`)
  }
}
