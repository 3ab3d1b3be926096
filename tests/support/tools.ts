/**
 * Real tools that tests use as judges. A tool that is not installed never fails a test and never skips one silently:
 * `isMissing` prints the reason. `npm test` installs the tools when it may.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { reportSkipped } from './report.ts'

export interface Tool {
  readonly name: string
  /** Why tests cannot use it; null when they can. */
  readonly missing: string | null
}

/** `problem` is the tool's own message, without the names of temporary files. */
export type Judgement<T> =
  { readonly accepted: T; readonly problem?: never } | { readonly accepted?: never; readonly problem: string }

/** For `describe.skipIf(isMissing(aapt))` and `it.skipIf(…)`: prints why the tests are skipped when they are. */
export function isMissing(...tools: readonly Tool[]): boolean {
  for (const { name, missing } of tools) {
    if (missing !== null) reportSkipped(`tests that need ${name}`, missing)
  }
  return tools.some(({ missing }) => missing !== null)
}

function findOnPath(command: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, command)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not in this folder.
    }
  }
  return null
}

export function installedCommand(command: string, packages: string): string | null {
  return findOnPath(command) === null ? `${command} is not installed (apt-get install ${packages})` : null
}

const DEADLINE = 20_000

export function run(
  command: string,
  args: readonly string[],
  input: string | Uint8Array = '',
  timeout = DEADLINE,
): Judgement<Buffer> {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, { input, timeout })
  if (status === 0) return { accepted: stdout }
  const message = `${stderr?.toString() ?? ''}${stdout?.toString() ?? ''}`.trim()
  return { problem: message || (error?.message ?? `${command} ended with ${signal ?? `exit code ${status}`}`) }
}

/**
 * Starts a program that answers every line with a line, and gives what asks it and waits for the answer: starting Python
 * takes far longer than reading a document. Pipes that have a name are what Node can wait at. The program ends with the
 * tests, as its input does.
 */
function startAnswering(command: string, args: readonly string[]): (question: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-'))
  const [questions, answers] = [join(folder, 'questions'), join(folder, 'answers')]
  try {
    execFileSync('mkfifo', [questions, answers])
    // The shell opens both pipes, so that a program that does not start ends the answers and nobody waits for it.
    const script = 'exec <"$0" >"$1"; shift; exec "$@"'
    const child = spawn('/bin/sh', ['-c', script, questions, answers, command, ...args], { stdio: 'ignore' })
    child.unref()
    // The order of the shell: each opens when the other side does.
    const [input, output] = [openSync(questions, 'w'), openSync(answers, 'r')]
    return (question) => {
      writeSync(input, `${question}\n`)
      return readLine(output, command)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readLine(from: number, command: string): string {
  const parts: Buffer[] = []
  for (;;) {
    const part = Buffer.alloc(65_536)
    const length = readSync(from, part)
    if (length === 0) throw new Error(`${command} has ended`)
    parts.push(part.subarray(0, length))
    if (part[length - 1] === NEWLINE) return Buffer.concat(parts).toString()
  }
}

const NEWLINE = 10

/** Writes files into a fresh folder, hands it to `use` and removes it. */
function withFiles<T>(files: Readonly<Record<string, string | Uint8Array>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-'))
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    }
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const openssl = { name: 'openssl', missing: installedCommand('openssl', 'openssl') } satisfies Tool

export const keytool = { name: 'keytool', missing: installedCommand('keytool', 'default-jre-headless') } satisfies Tool

/**
 * `openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | openssl base64`, for
 * the first certificate of a PEM text. Unlike a shell pipeline it stops at the first step that fails, so that no hash
 * of nothing comes out at the end.
 */
export function opensslPin(pem: string): Judgement<string> {
  return pinBy(['x509', '-pubkey', '-noout'], pem)
}

/** The same for a certificate request. */
export function opensslRequestPin(pem: string): Judgement<string> {
  return pinBy(['req', '-pubkey', '-noout'], pem)
}

/** The same for the public half of a private key, which this passphrase opens. */
export function opensslKeyPin(pem: string, passphrase: string): Judgement<string> {
  return pinBy(['pkey', '-pubout', '-passin', `pass:${passphrase}`], pem)
}

/** @param toPublicKey what makes a public key of the text, as PEM */
function pinBy(toPublicKey: readonly string[], pem: string): Judgement<string> {
  const steps = [toPublicKey, ['pkey', '-pubin', '-outform', 'der'], ['dgst', '-sha256', '-binary'], ['base64', '-A']]
  let data: Buffer = Buffer.from(pem)
  for (const step of steps) {
    const { accepted, problem } = run('openssl', step, data)
    if (problem !== undefined) return { problem: `openssl ${step[0]}: ${problem}` }
    data = accepted
  }
  return { accepted: data.toString().trim() }
}

/** What `openssl req` says of a request with these options, once it has verified its signature. */
export function opensslRequest(pem: string, ...options: readonly string[]): Judgement<string> {
  // OpenSSL 3.0 ends with 0 even where it says "verify failure", and says it beside its output.
  const { stderr } = spawnSync('openssl', ['req', '-verify', '-noout'], { input: pem, timeout: DEADLINE })
  if (!/verify OK/.test(stderr.toString())) return { problem: stderr.toString().trim() }
  const { accepted, problem } = run('openssl', ['req', '-noout', ...options], pem)
  return problem === undefined ? { accepted: accepted.toString() } : { problem }
}

/** `openssl x509` of the first certificate of a PEM text, with these options: what it prints. */
export function opensslX509(pem: string, ...options: readonly string[]): Judgement<string> {
  const { accepted, problem } = run('openssl', ['x509', '-noout', ...options], pem)
  return problem === undefined ? { accepted: accepted.toString() } : { problem }
}

/**
 * Whether `openssl verify` finds a way from a certificate to one of these roots; `others` need not be trusted. All are
 * PEM.
 *
 * @param purpose `any` for a certificate that is no server's: its keys and those above it may then be for anything
 * @param at the instant that is asked about; null for whatever the day
 */
export function opensslVerify(
  leaf: string,
  others: readonly string[],
  roots: string,
  purpose: 'sslserver' | 'any' = 'sslserver',
  at: number | null = null,
): Judgement<true> {
  return withFiles({ 'leaf.pem': leaf, 'others.pem': others.join(''), 'roots.pem': roots }, (folder) => {
    const trust = ['-no-CApath', '-no-CAstore', '-CAfile', join(folder, 'roots.pem')]
    // OpenSSL refuses an empty file.
    const untrusted = others.length > 0 ? ['-untrusted', join(folder, 'others.pem')] : []
    const files = [...trust, ...untrusted, join(folder, 'leaf.pem')]
    const time = at === null ? ['-no_check_time'] : ['-attime', String(Math.floor(at / 1000))]
    const { problem } = run('openssl', ['verify', ...time, '-purpose', purpose, ...files])
    return problem === undefined ? { accepted: true } : { problem: problem.replaceAll(`${folder}/`, '') }
  })
}

/** What `openssl req -x509` makes with an algorithm of `openssl genpkey` and these options: PEM. */
export function opensslCertificate(algorithm: string, ...options: readonly string[]): Judgement<string> {
  const command = ['req', '-x509', '-newkey', algorithm, '-noenc', '-keyout', '/dev/null', '-subj', '/CN=made']
  const { accepted, problem } = run('openssl', [...command, ...options])
  return problem === undefined ? { accepted: accepted.toString() } : { problem }
}

export const curl = { name: 'curl', missing: installedCommand('curl', 'curl') } satisfies Tool

export const bash = { name: 'bash', missing: installedCommand('bash', 'bash') } satisfies Tool

export const ldns = { name: 'ldns-read-zone', missing: installedCommand('ldns-read-zone', 'ldnsutils') } satisfies Tool

/** The records of a zone file, each on a line of five fields with tabs between them, as NLnet Labs' reader has them. */
export function ldnsRecords(zone: string): Judgement<readonly (readonly string[])[]> {
  return withFiles({ 'file.zone': zone }, (folder) => {
    const { accepted, problem } = run('ldns-read-zone', [join(folder, 'file.zone')])
    if (problem !== undefined) return { problem }
    const lines = accepted.toString().split('\n')
    return { accepted: lines.filter((line) => line !== '').map((line) => line.split('\t')) }
  })
}

export const jsonschema = {
  name: 'jsonschema',
  missing: installedCommand('jsonschema', 'python3-jsonschema'),
} satisfies Tool

/** Whether Python's jsonschema finds a schema sound and all these documents valid by it. */
export function jsonschemaAccepts(schema: string, documents: readonly string[]): Judgement<true> {
  const named = documents.map((document, index) => [`${index}.json`, document] as const)
  return withFiles({ 'schema.json': schema, ...Object.fromEntries(named) }, (folder) => {
    const instances = named.flatMap(([name]) => ['-i', join(folder, name)])
    const { problem } = run('jsonschema', [...instances, join(folder, 'schema.json')])
    return problem === undefined ? { accepted: true } : { problem: problem.replaceAll(`${folder}/`, '') }
  })
}

/** What Python's zipfile finds in an archive whose checksums are all right: the bytes of each file, in their order. */
export function zipfileRead(archive: Uint8Array): Judgement<readonly (readonly [path: string, content: Buffer])[]> {
  const { accepted, problem } = run('python3', ['-S', '-E', '-c', ZIP_TO_JSON], archive)
  if (problem !== undefined) return { problem }
  const files = JSON.parse(accepted.toString()) as [path: string, base64: string][]
  return { accepted: files.map(([path, base64]) => [path, Buffer.from(base64, 'base64')]) }
}

const ZIP_TO_JSON = `
import base64, io, json, sys, zipfile
with zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())) as archive:
    if archive.testzip(): sys.exit(archive.testzip())
    json.dump([[one.filename, base64.b64encode(archive.read(one)).decode()] for one in archive.infolist()], sys.stdout)
`

/** It finds Debian's packages; another Python may come first on the path. */
const DEBIAN_PYTHON = '/usr/bin/python3'

export const icalendar = {
  name: 'icalendar',
  missing: pythonModuleMissing('icalendar', 'python3-icalendar'),
} satisfies Tool

/** An event as Python's icalendar reads it; days as `yyyy-MM-dd`, what is absent as null. */
export interface ReadEvent {
  readonly uid: string
  readonly stamp: string
  readonly start: string
  readonly end: string
  readonly summary: string
  readonly description: string
  readonly url: string | null
  /** Days from the start of the event to each of its alarms. */
  readonly alarms: readonly number[]
  /** What else it has, by name. */
  readonly names: readonly string[]
}

export interface ReadCalendar {
  readonly prodid: string
  readonly version: string
  readonly names: readonly string[]
  readonly components: readonly string[]
  readonly events: readonly ReadEvent[]
}

export function icalendarRead(text: string): Judgement<ReadCalendar> {
  const { accepted, problem } = run(DEBIAN_PYTHON, ['-E', '-s', '-c', ICS_TO_JSON], text)
  return problem === undefined ? { accepted: JSON.parse(accepted.toString()) as ReadCalendar } : { problem }
}

const ICS_TO_JSON = `
import json, sys
from icalendar import Calendar
calendar = Calendar.from_ical(sys.stdin.buffer.read())
def event(one):
    return {
        'uid': str(one['UID']), 'stamp': one.decoded('DTSTAMP').isoformat(),
        'start': one.decoded('DTSTART').isoformat(), 'end': one.decoded('DTEND').isoformat(),
        'summary': str(one['SUMMARY']), 'description': str(one['DESCRIPTION']),
        'url': str(one['URL']) if 'URL' in one else None,
        'alarms': [alarm.decoded('TRIGGER').days for alarm in one.walk('VALARM')],
        'names': sorted(one.keys()),
    }
assert all(not component.errors for component in calendar.walk()), 'errors'
json.dump({
    'prodid': str(calendar['PRODID']), 'version': str(calendar['VERSION']), 'names': sorted(calendar.keys()),
    'components': [component.name for component in calendar.walk()],
    'events': [event(one) for one in calendar.walk('VEVENT')],
}, sys.stdout)
`

export const xmllint = { name: 'xmllint', missing: installedCommand('xmllint', 'libxml2-utils') } satisfies Tool

/** Whether libxml2 finds a document well formed. `--nonet`: Apple's document type must not be fetched. */
export function xmllintAccepts(xml: string): Judgement<true> {
  const { problem } = run('xmllint', ['--nonet', '--noout', '-'], xml)
  return problem === undefined ? { accepted: true } : { problem }
}

/** Whether libxml2 finds that documents are all of the form that a schema of RELAX NG has. */
export function relaxngAccepts(schema: string, documents: readonly string[]): Judgement<true> {
  const named = documents.map((document, index) => [`${index}.xml`, document] as const)
  return withFiles(Object.fromEntries(named), (folder) => {
    const paths = named.map(([name]) => join(folder, name))
    const { problem } = run('xmllint', ['--nonet', '--noout', '--relaxng', schema, ...paths])
    return problem === undefined ? { accepted: true } : { problem: problem.replaceAll(`${folder}/`, '') }
  })
}

export const python = { name: 'python3', missing: installedCommand('python3', 'python3') } satisfies Tool

/** A property list as JavaScript: real booleans and numbers, `<data>` as bytes, so that no type passes for another. */
export type PlistValue = boolean | number | string | Date | Uint8Array | readonly PlistValue[] | PlistDict

export interface PlistDict {
  readonly [key: string]: PlistValue
}

type TaggedValue =
  | ['bool', boolean]
  | ['number', number]
  | ['string' | 'data' | 'date', string]
  | ['array', TaggedValue[]]
  | ['dict', [string, TaggedValue][]]

const PLIST_TO_JSON = `
import base64, datetime, json, plistlib, sys
def tagged(value):
    if isinstance(value, bool): return ['bool', value]
    if isinstance(value, (int, float)): return ['number', value]
    if isinstance(value, str): return ['string', value]
    if isinstance(value, bytes): return ['data', base64.b64encode(value).decode()]
    if isinstance(value, datetime.datetime): return ['date', value.isoformat() + 'Z']
    if isinstance(value, list): return ['array', [tagged(item) for item in value]]
    if isinstance(value, dict): return ['dict', [[key, tagged(item)] for key, item in value.items()]]
    raise TypeError(type(value))
def read(xml):
    try: return ['accepted', tagged(plistlib.loads(xml, fmt=plistlib.FMT_XML))]
    except Exception as problem: return ['problem', f'{type(problem).__name__}: {problem}']
for line in sys.stdin.buffer:
    print(json.dumps(read(base64.b64decode(line))), flush=True)
`

let plistlib: ((document: string) => string) | undefined

/** What Python's plistlib reads. Of a key that stands twice in a dictionary it keeps one value without a word. */
export function plistlibRead(xml: string): Judgement<PlistValue> {
  // -S -E: without site packages and environment, which only cost time.
  plistlib ??= startAnswering('python3', ['-S', '-E', '-c', PLIST_TO_JSON])
  const [kind, answer] = JSON.parse(plistlib(Buffer.from(xml).toString('base64'))) as
    ['accepted', TaggedValue] | ['problem', string]
  return kind === 'accepted' ? { accepted: untagged(answer) } : { problem: answer }
}

function untagged([type, value]: TaggedValue): PlistValue {
  switch (type) {
    case 'bool':
    case 'number':
    case 'string':
      return value
    case 'data':
      return new Uint8Array(Buffer.from(value, 'base64'))
    case 'date':
      return new Date(value)
    case 'array':
      return value.map(untagged)
    case 'dict':
      return Object.fromEntries(value.map(([key, item]) => [key, untagged(item)]))
  }
}

export const yaml = { name: 'PyYAML', missing: pythonModuleMissing('yaml', 'python3-yaml') } satisfies Tool

function pythonModuleMissing(module: string, packages: string): string | null {
  const { problem } = run(DEBIAN_PYTHON, ['-E', '-s', '-c', `import ${module}`])
  return problem === undefined ? null : `Python's ${module} is not installed (apt-get install ${packages})`
}

const YAML_TO_JSON = `
import json, sys, yaml
class Strict(yaml.SafeLoader):
    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(set(keys)) < len(keys): raise ValueError('a key stands twice')
        return super().construct_mapping(node, deep)
def read(text):
    try:
        value = yaml.load(text, Strict)
        json.dumps(value)
        return ['accepted', value]
    except Exception as problem: return ['problem', str(problem) or type(problem).__name__]
for line in sys.stdin:
    print(json.dumps([read(text) for text in json.loads(line)]), flush=True)
`

let pyyaml: ((documents: string) => string) | undefined

/** What PyYAML reads in each document; of a key that stands twice it would keep one value, so that is a problem here. */
export function yamlRead(documents: readonly string[]): readonly Judgement<unknown>[] {
  pyyaml ??= startAnswering(DEBIAN_PYTHON, ['-E', '-s', '-c', YAML_TO_JSON])
  const answers = JSON.parse(pyyaml(JSON.stringify(documents))) as ['accepted' | 'problem', unknown][]
  return answers.map(([kind, value]) => (kind === 'accepted' ? { accepted: value } : { problem: String(value) }))
}

export const plparse = { name: 'plparse', missing: installedCommand('plparse', 'gnustep-base-runtime') } satisfies Tool

/**
 * Whether GNUstep's Foundation reads a property list. It overlooks missing values and
 * unknown entities: a second opinion beside plistlib, never the only one.
 */
export function plparseAccepts(plist: string): Judgement<true> {
  return withFiles({ 'file.plist': plist }, (folder) => {
    const { problem } = run('plparse', [join(folder, 'file.plist')])
    return problem === undefined ? { accepted: true } : { problem: problem.replaceAll(`${folder}/`, '') }
  })
}

/** Where Debian's android-framework-res puts the framework's resources. */
const FRAMEWORK_RESOURCES = '/usr/share/android-framework-res/framework-res.apk'

export const aapt = {
  name: 'aapt',
  missing:
    installedCommand('aapt', 'aapt android-framework-res') ??
    (existsSync(FRAMEWORK_RESOURCES)
      ? null
      : `${FRAMEWORK_RESOURCES} is not there (apt-get install android-framework-res)`),
} satisfies Tool

/** An attribute as compiled: `type` is the resource type, 0x03 for text, 0x12 for a boolean, 0x10 for an integer. */
export interface CompiledAttribute {
  readonly type: number
  /** The text itself, or the 32 bits in hexadecimal. */
  readonly value: string
}

export interface CompiledElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, CompiledAttribute>>
  /** The text nodes of this element that the compiler kept. */
  readonly text: readonly string[]
  readonly children: readonly CompiledElement[]
}

export interface CompiledConfig {
  readonly config: CompiledElement
  readonly manifest: CompiledElement
}

export interface AndroidSources {
  readonly networkSecurityConfig: string
  /** Of the manifest's `application` element; default: the attribute that refers to the config. */
  readonly applicationAttributes?: string
  /** Files under `res/raw`, by name with extension. */
  readonly raw?: Readonly<Record<string, string | Uint8Array>>
}

/** Builds an app of a manifest and a network security config with the real resource compiler, and reads both back. */
export function aaptCompile(sources: AndroidSources): Judgement<CompiledConfig> {
  const attributes = sources.applicationAttributes ?? 'android:networkSecurityConfig="@xml/network_security_config"'
  const files = {
    'AndroidManifest.xml': `<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.pinsmith">
  <application ${attributes} />
</manifest>
`,
    'res/xml/network_security_config.xml': sources.networkSecurityConfig,
    ...Object.fromEntries(Object.entries(sources.raw ?? {}).map(([name, content]) => [`res/raw/${name}`, content])),
  }
  return withFiles(files, (folder) => {
    const inFolder = (name: string) => join(folder, name)
    const apk = inFolder('app.apk')
    const dump = (file: string) => run('aapt', ['dump', 'xmltree', apk, file])
    const inputs = ['-M', inFolder('AndroidManifest.xml'), '-S', inFolder('res'), '-I', FRAMEWORK_RESOURCES]
    const packaged = run('aapt', ['package', '-f', ...inputs, '-F', apk])
    if (packaged.problem !== undefined) return { problem: packaged.problem.replaceAll(`${folder}/`, '') }
    const config = dump('res/xml/network_security_config.xml')
    if (config.problem !== undefined) return config
    const manifest = dump('AndroidManifest.xml')
    if (manifest.problem !== undefined) return manifest
    return {
      accepted: {
        config: readXmlTree(config.accepted.toString()),
        manifest: readXmlTree(manifest.accepted.toString()),
      },
    }
  })
}

interface OpenElement {
  readonly name: string
  readonly attributes: Record<string, CompiledAttribute>
  readonly text: string[]
  readonly children: OpenElement[]
}

/** Reads `aapt dump xmltree`: one line per element, attribute and text, nesting by indentation. */
function readXmlTree(dump: string): CompiledElement {
  const open: { readonly indent: number; readonly element: OpenElement }[] = []
  let root: OpenElement | null = null
  for (const line of linesOfXmlTree(dump)) {
    const [, blanks = '', kind = '', rest = ''] = /^( *)([NEAC]): ?([\s\S]*)$/.exec(line) ?? []
    while ((open.at(-1)?.indent ?? -1) >= blanks.length) open.pop()
    const parent = open.at(-1)?.element
    if (kind === 'E') {
      const element: OpenElement = { name: rest.replace(/ \(line=\d+\)$/, ''), attributes: {}, text: [], children: [] }
      parent?.children.push(element)
      root ??= element
      open.push({ indent: blanks.length, element })
    } else if (kind === 'A' && parent) {
      const [name, attribute] = readXmlTreeAttribute(rest)
      parent.attributes[name] = attribute
    } else if (kind === 'C' && parent) {
      parent.text.push(unquoted(rest))
    }
  }
  if (root === null) throw new Error(`aapt printed no element: ${dump}`)
  return root
}

/** Text is printed as it is, line breaks included: a line that opens no node continues the one before. */
function linesOfXmlTree(dump: string): string[] {
  return dump.split(/\n(?= *[NEAC]: )/).map((line) => line.replace(/\n$/, ''))
}

function readXmlTreeAttribute(text: string): [name: string, attribute: CompiledAttribute] {
  const [, name = '', value = ''] = /^([^=(]+)(?:\(0x[\da-f]+\))?=([\s\S]*)$/.exec(text) ?? []
  const typed = /^\(type (0x[\da-f]+)\)(0x[\da-f]+)/.exec(value)
  if (typed) return [name, { type: Number(typed[1]), value: typed[2] ?? '' }]
  const reference = /^@(0x[\da-f]+)/.exec(value)
  if (reference) return [name, { type: 0x01, value: reference[1] ?? '' }]
  return [name, { type: 0x03, value: unquoted(value.replace(/ \(Raw: "[\s\S]*"\)$/, '')) }]
}

/** aapt escapes quotes and backslashes in what it prints between quotes. */
function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1')
}
