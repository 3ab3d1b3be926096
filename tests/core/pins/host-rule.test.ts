import { expect, it } from 'vitest'
import { labelsBelow } from '../../../src/core/pins/host-rule.ts'

it.each([
  ['example.com', 'example.com', 0],
  ['a.example.com', 'example.com', 1],
  ['b.a.example.com', 'example.com', 2],
  ['d.c.b.a.example.com', 'example.com', 4],
  ['a.b', 'b', 1],
  ['*.a.example.com', 'example.com', 2],
])('%s has its place under %s: %d labels', (host, parent, labels) => {
  expect(labelsBelow(host, parent)).toBe(labels)
})

it.each([
  ['example.com', 'a.example.com'],
  ['notexample.com', 'example.com'],
  ['example.com', 'example.org'],
  ['example.com.evil.org', 'example.com'],
  ['com', 'example.com'],
])('%s does not lie under %s', (host, parent) => {
  expect(labelsBelow(host, parent)).toBeNull()
})
