import { describe, expect, it } from 'vitest'
import { clientOf } from '../../api/_lib/client-address.ts'

const PROXY = '10.0.0.9'
const behind = (trustedProxies: number, forwardedFor: string | null, peer: string | undefined = PROXY) =>
  clientOf({ peer, forwardedFor, trustedProxies })

describe('the client that a request counts for', () => {
  it('is the other end of the connection, whatever the caller writes', () => {
    expect(behind(0, null, '203.0.113.7')).toBe('203.0.113.7')
    expect(behind(0, '198.51.100.1', '203.0.113.7')).toBe('203.0.113.7')
  })

  it('is what the outermost of our proxies saw', () => {
    expect(behind(1, '203.0.113.7')).toBe('203.0.113.7')
    expect(behind(2, '203.0.113.7, 10.0.0.8')).toBe('203.0.113.7')
  })

  it('is never what the caller wrote before that', () => {
    expect(behind(1, '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7')
    expect(behind(1, 'garbage,, 127.0.0.1,203.0.113.7')).toBe('203.0.113.7')
    expect(behind(2, '198.51.100.1, 203.0.113.7, 10.0.0.8')).toBe('203.0.113.7')
  })

  it('is the nearest known hop when a proxy was passed by, wrote no address, or was not there at all', () => {
    expect(behind(2, '203.0.113.7')).toBe('203.0.113.7')
    expect(behind(1, null)).toBe(PROXY)
    expect(behind(1, 'unknown')).toBe(PROXY)
    expect(behind(2, 'unknown, 10.0.0.8')).toBe('10.0.0.8')
    expect(behind(1, '')).toBe(PROXY)
  })

  it('is told by the proxy alone where a function does not see the other end', () => {
    expect(behind(1, '203.0.113.7', '')).toBe('203.0.113.7')
    expect(clientOf({ peer: undefined, forwardedFor: '198.51.100.1, 203.0.113.7', trustedProxies: 1 })).toBe(
      '203.0.113.7',
    )
    expect(clientOf({ peer: undefined, forwardedFor: '203.0.113.7', trustedProxies: 0 })).toBe('unknown')
  })

  it('may come with a port', () => {
    expect(behind(1, '203.0.113.7:49152')).toBe('203.0.113.7')
    expect(behind(1, '[2001:db8:1:2::7]:49152')).toBe('2001:db8:1:2::/64')
  })

  it('is a network of 64 bits with IPv6', () => {
    expect(behind(0, null, '2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(behind(0, null, '2001:db8:1:2:ffff::')).toBe('2001:db8:1:2::/64')
    expect(behind(0, null, '2001:db8:1:3::1')).toBe('2001:db8:1:3::/64')
    expect(behind(0, null, 'fe80::1%eth0')).toBe('fe80::/64')
  })

  it('is an IPv4 address when IPv6 only wraps one', () => {
    expect(behind(0, null, '::ffff:203.0.113.7')).toBe('203.0.113.7')
  })
})
