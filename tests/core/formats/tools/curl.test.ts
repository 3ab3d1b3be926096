/** Shells read the script, and a real curl runs its commands against a real server. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { isText } from '../../../../src/core/formats/format.ts'
import { curl } from '../../../../src/core/formats/tools/curl.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { wrongPins } from '../../../../src/core/pins/wrong-pins.ts'
import { issueChain } from '../../../support/issue-chain.ts'
import { folderWith, serveTls } from '../../../support/openssl-server.ts'
import { CASE_STAMP, HOSTILE_TEXT, pinning } from '../../../support/cases.ts'
import { bash, curl as curlTool, isMissing, openssl } from '../../../support/tools.ts'
import { contentOf, renderingsOf } from '../renderings.ts'
import { wantedEntries } from '../wanted.ts'
import { HOST, rowOf, strangerLeaf } from './served-row.ts'

const renderings = renderingsOf(curl)
const scripts = renderings.flatMap((rendering) => {
  const script = contentOf(rendering, 'commands')
  return script === null ? [] : [{ name: rendering.name, rows: rendering.planCase.rows, script }]
})

/** In place of curl: prints what it is called with, a line each and an empty one behind. */
const TELLING_CURL = `curl() { printf '%s\\n' "$@" ''; }\n`

/** What a shell calls curl with. Without a path it finds no other command: then it complains. */
function callsIn(command: string, args: readonly string[], script: string) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    input: TELLING_CURL + script,
    env: { PATH: '', PS1: '', PS2: '' },
    encoding: 'utf8',
  })
  const calls = stdout.split('\n\n').filter((call) => call !== '')
  return { status, calls: calls.map((call) => call.split('\n')), complaints: stderr }
}

function wantedCalls(rows: readonly PlanRow[]) {
  return wantedEntries(rows).flatMap(({ host, leaf }) =>
    leaf.size === 0 ? [] : [{ host, pins: new Set(Array.from(leaf, (pin) => `sha256//${pin}`)) }],
  )
}

function understood(calls: readonly (readonly string[])[]) {
  return calls.map((call) => {
    const [, , , , option, pins = '', url = ''] = call
    expect([call.slice(0, 4), option, call.length]).toEqual([
      ['--silent', '--show-error', '--output', '/dev/null'],
      '--pinnedpubkey',
      7,
    ])
    return { host: /^https:\/\/([^/]+)\/$/.exec(url)?.[1], pins: new Set(pins.split(';')) }
  })
}

describe.each(scripts)('the commands of $name', ({ rows, script }) => {
  it('are for sh one call of curl for each host that has a leaf pin, with exactly those pins', () => {
    const { status, calls, complaints } = callsIn('/bin/sh', [], script)
    expect([status, complaints]).toEqual([0, ''])
    expect(understood(calls)).toEqual(wantedCalls(rows))
  })

  it.skipIf(isMissing(bash))('are the same pasted into a shell that knows no comments', () => {
    const shell = ['--norc', '--noediting', '+O', 'interactive_comments', '-i']
    const { calls, complaints } = callsIn('/bin/bash', shell, script)
    expect(understood(calls)).toEqual(wantedCalls(rows))
    // It takes each # for a command, and that is all.
    const said = complaints.split('\n').filter((line) => line !== '' && !/job control|process group|^exit$/.test(line))
    const comments = script.split('\n').filter((line) => line.startsWith('#'))
    expect(said).toEqual(comments.map(() => 'bash: #: No such file or directory'))
  })
})

it('nothing is printed for hosts without a leaf pin', () => {
  const withoutLeaf = renderings.filter(({ planCase }) => wantedCalls(planCase.rows).length === 0)
  expect(withoutLeaf.map(({ name }) => name)).toContain('intermediate-and-root')
  expect(withoutLeaf.flatMap(({ snippets }) => snippets)).toEqual([])
})

const MATCHED = 0
const NOT_MATCHED = 90

function scriptFor(plannedRow: PlanRow): string {
  const printed = curl.render(planPins([plannedRow]), {}, CASE_STAMP).find(isText)
  if (!printed) throw new Error('nothing was printed')
  return printed.content
}

/** Runs the printed text as it is; where the host is and whom to trust stands in the settings of curl. */
function run(text: string, port: number, rootPem: string): number | null {
  const folder = folderWith({ 'root.pem': rootPem })
  const settings = folderWith({ '.curlrc': `connect-to = "::127.0.0.1:${port}"\ncacert = "${folder}/root.pem"\n` })
  return spawnSync('sh', ['-ec', text], { env: { PATH: process.env['PATH'], CURL_HOME: settings } }).status
}

describe.skipIf(isMissing(curlTool, openssl))('a real curl', () => {
  it('connects with the pin of the leaf, and with that of another leaf it does not', async () => {
    const { leaf, intermediate, root } = await issueChain(HOST)
    const stranger = await strangerLeaf(intermediate)
    const text = scriptFor(rowOf(pinning('leaf'), [[leaf, intermediate, root]]))
    expect(run(text, await serveTls(leaf, [intermediate]), root.pem)).toBe(MATCHED)
    expect(run(text, await serveTls(stranger, [intermediate]), root.pem)).toBe(NOT_MATCHED)
  })

  it('does not connect with the wrong pins of a negative test', async () => {
    const { leaf, intermediate, root } = await issueChain(HOST)
    const plan = planPins([rowOf(pinning('leaf'), [[leaf, intermediate, root]])])
    const text = curl.render(wrongPins(plan), {}, { ...CASE_STAMP, purpose: 'negative-test' }).find(isText)?.content
    expect(run(text ?? '', await serveTls(leaf, [intermediate]), root.pem)).toBe(NOT_MATCHED)
  })

  it('connects with either of two pins', async () => {
    const { leaf, intermediate, root } = await issueChain(HOST)
    const backup = await strangerLeaf(intermediate)
    const chains = [leaf, backup].map((one) => [one, intermediate, root])
    const text = scriptFor(rowOf(pinning('leaf', 'root'), chains))
    expect(text.match(/sha256\/\//g)).toHaveLength(2)
    for (const served of [leaf, backup]) {
      expect(run(text, await serveTls(served, [intermediate]), root.pem)).toBe(MATCHED)
    }
  })

  it('would not connect with the pins of the CAs, so none of them is printed', async () => {
    const { leaf, intermediate, root } = await issueChain(HOST)
    const port = await serveTls(leaf, [intermediate])
    const text = scriptFor(rowOf(pinning('leaf', 'intermediate'), [[leaf, intermediate, root]]))
    const asLeaf = scriptFor(rowOf(pinning('leaf'), [[intermediate, root]]))
    expect(run(text, port, root.pem)).toBe(MATCHED)
    expect(run(asLeaf, port, root.pem)).toBe(NOT_MATCHED)
  })

  it('is run in the same way whatever the certificate is called', async () => {
    const { leaf, intermediate, root } = await issueChain(HOST)
    const hostile = `'; exit 7 #\nexit 7\n$(exit 7)\`exit 7\` ${HOSTILE_TEXT}`
    const text = scriptFor(rowOf(pinning('leaf'), [[leaf, intermediate, root]], (position) => `${position} ${hostile}`))
    expect(run(text, await serveTls(leaf, [intermediate]), root.pem)).toBe(MATCHED)
  })
})
