/** The loopback addresses that the hosts of the bench have. */
export const ADDRESSES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']

let last = 0

/**
 * A host that nobody has asked about before, so that no answer comes out of a cache.
 *
 * @param {'one' | 'four'} addresses
 */
export function newHost(addresses) {
  last += 1
  return `${addresses}-${process.pid}-${last}.bench.test`
}

/**
 * The resolver of the bench.
 *
 * @param {string} host
 */
export async function resolve(host) {
  const addresses = host.startsWith('four-') ? ADDRESSES : ADDRESSES.slice(0, 1)
  return addresses.map((address) => ({ address }))
}
