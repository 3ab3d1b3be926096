import { describe, expect, it } from 'vitest'
import { readConfiguration, requireConfiguration } from '../../api/_lib/configuration.ts'

describe('the configuration', () => {
  it('listens on loopback and dials public addresses when nothing is set', () => {
    expect(readConfiguration({ HOST: '', PORT: ' ', PINSMITH_PORTS: '' })).toEqual({
      ok: true,
      value: {
        bindHost: '127.0.0.1',
        bindPort: 4173,
        hosts: [],
        allowPrivate: false,
        dialPorts: [443, 8443],
        privateSuffixes: [],
        privateRanges: [],
        issuerPorts: [80],
        logHosts: false,
        rate: { requestsPerMinute: 60, burst: 20 },
        redisUrl: null,
        trustedProxies: 0,
      },
    })
  })

  it('takes every setting from the environment', () => {
    const environment = {
      HOST: '0.0.0.0',
      PORT: '0',
      PINSMITH_HOSTS: 'pins.example.com, [fd00::1]',
      PINSMITH_ALLOW_PRIVATE: '1',
      PINSMITH_PORTS: '9443,443, 10443',
      PINSMITH_PRIVATE_SUFFIXES: 'Corp.example, lan',
      PINSMITH_PRIVATE_RANGES: '10.1.0.0/16,fd00:1::/32',
      PINSMITH_ISSUER_PORTS: '8080',
      PINSMITH_LOG_HOSTS: '1',
      PINSMITH_RATE: '90',
      PINSMITH_BURST: '0',
      REDIS_URL: 'rediss://user:word@redis.example:6380/1',
      PINSMITH_TRUST_PROXY: '2',
    }
    expect(requireConfiguration(environment)).toEqual({
      bindHost: '0.0.0.0',
      bindPort: 0,
      hosts: ['pins.example.com', '[fd00::1]'],
      allowPrivate: true,
      dialPorts: [443, 8443, 9443, 10443],
      privateSuffixes: ['corp.example', 'lan'],
      privateRanges: ['10.1.0.0/16', 'fd00:1::/32'],
      issuerPorts: [80, 8080],
      logHosts: true,
      rate: { requestsPerMinute: 90, burst: 0 },
      redisUrl: 'rediss://user:word@redis.example:6380/1',
      trustedProxies: 2,
    })
  })

  it('counts nothing when the rate is off', () => {
    expect(requireConfiguration({ PINSMITH_RATE: 'off' }).rate).toBeNull()
  })

  it.each([
    'http://redis.example',
    'redis.example:6379',
    'user:word@redis.example',
    'redis:redis.example:6379',
    'redis:///1',
    'redis://redis.example:0',
    'redis://redis.example/abc',
    'redis://redis.example/1/2',
    'redis://redis.example/-1',
    'redis://redis.example/123456',
    'redis://user:50%off@redis.example',
    'redis://100%:word@redis.example',
    'redis://user:12#34@redis.example',
  ])('refuses REDIS_URL=%s without repeating it, for it may hold a password', (address) => {
    const outcome = readConfiguration({ REDIS_URL: address })
    expect(outcome).toEqual({ ok: false, failure: expect.stringContaining('REDIS_URL') as string })
    expect(JSON.stringify(outcome)).not.toContain(address)
  })

  it.each([
    'redis://redis.example',
    'redis://redis.example/',
    'rediss://:50%25off@redis.example:6380/15?protocol=3',
    'redis://user@[fd00::1]:6379',
    'redis://redis_1',
  ])('takes REDIS_URL=%s, of which the client can be made', async (address) => {
    expect(requireConfiguration({ REDIS_URL: address }).redisUrl).toBe(address)
    const { createClient } = await import('@redis/client')
    expect(() => createClient({ url: address })).not.toThrow()
  })

  it.each([
    ['HOST', 'http://localhost'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', 'http'],
    ['PORT', '4e3'],
    ['PINSMITH_HOSTS', 'example.com:4173'],
    ['PINSMITH_HOSTS', '*'],
    ['PINSMITH_ALLOW_PRIVATE', 'true'],
    ['PINSMITH_PORTS', '0'],
    ['PINSMITH_PORTS', '443;8443'],
    ['PINSMITH_PRIVATE_SUFFIXES', 'corp.example'],
    ['PINSMITH_PRIVATE_RANGES', '10.1.0.0/16'],
    ['PINSMITH_ISSUER_PORTS', '0'],
    ['PINSMITH_LOG_HOSTS', 'yes'],
    ['PINSMITH_RATE', '0'],
    ['PINSMITH_RATE', 'none'],
    ['PINSMITH_RATE', '1.5'],
    ['PINSMITH_BURST', '-1'],
    ['PINSMITH_BURST', 'off'],
    ['PINSMITH_TRUST_PROXY', 'true'],
    ['PINSMITH_TRUST_PROXY', '10.0.0.0/8'],
    ['PINSMITH_TRUST_PROXY', '10'],
  ])('refuses %s=%s in a sentence that names both', (name, value) => {
    const outcome = readConfiguration({ [name]: value })
    expect(outcome).toEqual({ ok: false, failure: expect.stringContaining(name) as string })
    expect(outcome).toEqual({ ok: false, failure: expect.stringContaining(value) as string })
    expect(() => requireConfiguration({ [name]: value })).toThrow(name)
  })

  it.each([
    ['PINSMITH_PRIVATE_SUFFIXES', '*.corp.example'],
    ['PINSMITH_PRIVATE_SUFFIXES', 'https://corp.example'],
    ['PINSMITH_PRIVATE_RANGES', '10.1.0.0'],
    ['PINSMITH_PRIVATE_RANGES', '10.1.0.0/33'],
    ['PINSMITH_PRIVATE_RANGES', 'corp.example/8'],
  ])('refuses %s=%s even where private addresses are allowed', (name, value) => {
    const outcome = readConfiguration({ PINSMITH_ALLOW_PRIVATE: '1', [name]: value })
    expect(outcome).toEqual({ ok: false, failure: expect.stringContaining(`${name} must be`) as string })
    expect(outcome).toEqual({ ok: false, failure: expect.stringContaining(value) as string })
  })
})
