/** A project may have thousands. */
export function domains(count: number): string {
  return count === 1 ? '1 domain' : `${count.toLocaleString('en')} domains`
}
