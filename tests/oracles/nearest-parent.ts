/** The entry of the host itself, else that of the nearest parent that includes its sub-domains, alone. */
export function nearestEntry<Entry extends { readonly includesSubdomains: boolean }>(
  hosts: ReadonlyMap<string, Entry>,
  host: string,
): Entry | null {
  const own = hosts.get(host)
  if (own) return own
  const parents = host.split('.').map((_, index, labels) => labels.slice(index + 1).join('.'))
  return parents.map((parent) => hosts.get(parent)).find((entry) => entry?.includesSubdomains) ?? null
}
