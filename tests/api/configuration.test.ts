import { describe, expect, it } from 'vitest'
import { readConfiguration, requireConfiguration } from '../../api/_lib/configuration.ts'

describe('the configuration', () => {
  it('listens on loopback and dials public addresses when nothing is set', () => {
    expect(readConfiguration({ HOST: '', PORT: ' ', PINSMITH_PORTS: '' })).toEqual({
      ok: true,
      value: { bindHost: '127.0.0.1', bindPort: 4173, hosts: [], allowPrivate: false, dialPorts: [443, 8443] },
    })
  })

  it('takes every setting from the environment', () => {
    const environment = {
      HOST: '0.0.0.0',
      PORT: '0',
      PINSMITH_HOSTS: 'pins.example.com, [fd00::1]',
      PINSMITH_ALLOW_PRIVATE: '1',
      PINSMITH_PORTS: '9443,443, 10443',
    }
    expect(requireConfiguration(environment)).toEqual({
      bindHost: '0.0.0.0',
      bindPort: 0,
      hosts: ['pins.example.com', '[fd00::1]'],
      allowPrivate: true,
      dialPorts: [443, 8443, 9443, 10443],
    })
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
  ])('refuses %s=%s in a sentence that names both', (name, value) => {
    const outcome = readConfiguration({ [name]: value })
    expect(outcome).toEqual({ ok: false, failure: expect.stringContaining(name) as string })
    expect(outcome).toEqual({ ok: false, failure: expect.stringContaining(value) as string })
    expect(() => requireConfiguration({ [name]: value })).toThrow(name)
  })
})
