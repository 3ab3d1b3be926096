import { describe, expect, it } from 'vitest'
import { KEY_PREFIX, LAST_KEY, projectKey, PROJECT_PREFIX, TAB_KEY } from '../../../src/app/persistence/open-project.ts'
import { chainsOf, type Row } from '../../../src/app/row.ts'
import { createInProcessEngine } from '../../support/in-process-engine.ts'
import { issueCertificate, issueChain } from '../../support/issue-chain.ts'
import { fakeBrowser, settled } from './support/fake-browser.ts'

const pemFile = (name: string, pem: string) => new File([pem], name)
const statuses = (rows: readonly Row[]) => rows.flatMap(({ sources }) => sources.map(({ state }) => state.status))
const pinsOf = (rows: readonly Row[]) =>
  rows.flatMap((row) => chainsOf(row).flatMap(({ links }) => links.map(({ certificate }) => certificate.pin)))

const SET_ASIDE = `${KEY_PREFIX}set-aside:`

/** A browser in which one tab has saved a project with this host; the tab is closed. */
async function browserWith(host: string) {
  const browser = fakeBrowser()
  const tab = await browser.openReadyTab()
  tab.type(host)
  tab.passTime()
  tab.close()
  const { id } = tab.projects().current
  return { browser, id, session: tab.session }
}

describe('saving', () => {
  it('writes nothing before the user does something', async () => {
    const browser = fakeBrowser()
    const tab = await browser.openReadyTab()
    tab.passTime()
    tab.leave()
    expect(browser.local.texts.size).toBe(0)
    expect(tab.session.texts.size).toBe(0)
  })

  it('waits until changes pause, and writes once', async () => {
    const browser = fakeBrowser()
    const tab = await browser.openReadyTab()
    tab.passTime()
    for (const text of ['a', 'a.', 'a.test']) tab.type(text)
    expect(browser.keys(PROJECT_PREFIX)).toEqual([])
    expect(tab.waiting()).toBe(1)
    tab.passTime()
    expect(browser.keys(PROJECT_PREFIX)).toEqual([projectKey(tab.projects().current.id)])
    expect(tab.waiting()).toBe(0)
  })

  it('does not wait when the page goes away', async () => {
    const browser = fakeBrowser()
    const tab = await browser.openReadyTab()
    tab.type('a.test')
    tab.leave()
    tab.close()
    expect((await browser.openReadyTab()).hosts()).toEqual(['a.test'])
  })

  it('does not write what is already there', async () => {
    const { browser, id } = await browserWith('a.test')
    const before = browser.local.read(projectKey(id))
    const tab = await browser.openReadyTab()
    tab.passTime()
    tab.leave()
    expect(browser.local.read(projectKey(id))).toBe(before)
  })

  it('saves what was changed before its code was there', async () => {
    const browser = fakeBrowser()
    const tab = browser.openTab()
    tab.type('early.test')
    tab.keep()
    tab.passTime()
    tab.close()
    expect((await browser.openReadyTab()).hosts()).toEqual(['early.test'])
  })

  it('says once that there is no room, and goes on', async () => {
    const browser = fakeBrowser()
    const tab = await browser.openReadyTab()
    browser.local.refusal = 'storage-full'
    tab.type('a.test')
    tab.passTime()
    expect(tab.projects().troubles).toEqual([{ kind: 'storage-full', isDismissed: false }])
    tab.keeper.dismiss({ kind: 'storage-full', isDismissed: false })
    tab.type('b.test')
    tab.passTime()
    expect(tab.projects().troubles).toEqual([{ kind: 'storage-full', isDismissed: true }])
    expect(tab.hosts()).toEqual(['b.test'])
    browser.local.refusal = null
    tab.type('c.test')
    tab.passTime()
    expect(tab.projects().troubles).toEqual([])
    tab.close()
    expect((await browser.openReadyTab()).hosts()).toEqual(['c.test'])
  })

  it('does not leave a project that cannot be saved', async () => {
    const browser = fakeBrowser()
    const tab = await browser.openReadyTab()
    browser.local.refusal = 'storage-forbidden'
    tab.type('a.test')
    tab.keeper.create()
    expect(tab.hosts()).toEqual(['a.test'])
    expect(tab.projects().troubles).toEqual([{ kind: 'storage-forbidden', isDismissed: false }])
  })
})

describe('the next visit', () => {
  it('has rows, choices and settings before anything else is loaded', async () => {
    const browser = fakeBrowser()
    const first = await browser.openReadyTab()
    first.type('*.a.test:8443')
    first.app().pinRole(first.rows()[0]?.id ?? '', 'root', true)
    first.app().addHosts(['b.test', 'not a host'])
    first.app().includeSubdomains(first.rows()[1]?.id ?? '', false)
    first.app().foldRow(first.rows()[1]?.id ?? '', true)
    first.app().set('ios-pinned-domains', 'lists', 'both')
    first.passTime()
    first.close()

    const second = browser.openTab()
    expect(second.hosts()).toEqual(['*.a.test:8443', 'b.test', 'not a host'])
    const [one, two, three] = second.rows()
    expect(one).toMatchObject({ includeSubdomains: true, choices: { roles: { leaf: true, root: true } } })
    expect(one?.host).toMatchObject({ ok: true, value: { host: 'a.test', port: 8443 } })
    expect(two).toMatchObject({ includeSubdomains: false, isFolded: true })
    expect(three?.host).toMatchObject({ ok: false })
    expect(second.app().settings).toEqual({ 'ios-pinned-domains': { lists: 'both' } })
    await settled()
    expect(second.rows()[0]?.suffix).not.toBeNull()
  })

  it('has the certificates again, and the same pins', async () => {
    const browser = fakeBrowser()
    const chain = await issueChain('a.test')
    const first = await browser.openReadyTab()
    first.type('a.test')
    await first
      .app()
      .addFiles(first.rows()[0]?.id ?? '', [
        pemFile('<b>.pem', [chain.leaf, chain.intermediate].map(({ pem }) => pem).join('')),
      ])
    await settled()
    const link = chainsOf(first.rows()[0] as Row)[0]?.links[1]
    if (link) first.app().pinCertificate(first.rows()[0]?.id ?? '', link, true)
    first.passTime()
    first.close()

    const second = browser.openTab()
    expect(statuses(second.rows())).toEqual(['reading'])
    second.keep()
    await settled()
    expect(statuses(second.rows())).toEqual(['read'])
    expect(second.rows()[0]?.sources[0]?.name).toBe('<b>.pem')
    expect(pinsOf(second.rows())).toEqual(pinsOf(first.rows()))
    expect(pinsOf(second.rows()).length).toBeGreaterThan(1)
    expect(second.rows()[0]?.choices).toEqual(first.rows()[0]?.choices)
  })

  it('keeps failures, with their reasons', async () => {
    const browser = fakeBrowser()
    const first = await browser.openReadyTab()
    await first.app().addText(first.rows()[0]?.id ?? '', 'no certificate')
    first.passTime()
    first.close()
    const second = browser.openTab()
    expect(second.rows()[0]?.sources[0]?.state).toEqual(first.rows()[0]?.sources[0]?.state)
  })

  it('loses no source when it is changed before its certificates are back', async () => {
    const { browser } = await browserWithCertificate()
    const quick = browser.openTab()
    quick.type('quick.test')
    quick.keep()
    quick.passTime()
    quick.close()
    const tab = await browser.openReadyTab()
    expect(tab.hosts()).toEqual(['quick.test'])
    expect(statuses(tab.rows())).toEqual(['read'])
  })

  it('brings back the sources of a row that was erased meanwhile, when that is undone', async () => {
    const { browser } = await browserWithCertificate()
    const tab = browser.openTab()
    tab.app().eraseRow(tab.rows()[0]?.id ?? '')
    tab.keep()
    tab.app().undo()
    await settled()
    expect(statuses(tab.rows())).toEqual(['read'])

    const late = browser.openTab()
    late.keep()
    late.app().eraseRow(late.rows()[0]?.id ?? '')
    await settled()
    late.app().undo()
    await settled()
    expect(statuses(late.rows())).toEqual(['read'])
    expect(pinsOf(late.rows())).toHaveLength(1)
  })
})

/** One row with one certificate, saved; the tab is closed. */
async function browserWithCertificate() {
  const browser = fakeBrowser()
  const certificate = await issueCertificate({ subject: 'a.test', dnsNames: ['a.test'] })
  const tab = await browser.openReadyTab()
  tab.type('a.test')
  await tab.app().addFiles(tab.rows()[0]?.id ?? '', [pemFile('a.pem', certificate.pem)])
  await settled()
  tab.passTime()
  tab.close()
  return { browser, certificate, tab }
}

describe('a certificate that is gone', () => {
  it.each([
    ['removed', undefined],
    ['damaged', (der: Uint8Array) => der.with(der.length - 1, (der.at(-1) ?? 0) ^ 1)],
    ['exchanged for nothing', () => new Uint8Array()],
  ])('is said at its source: %s', async (_how, change) => {
    const { browser } = await browserWithCertificate()
    for (const [sha256, der] of browser.certificates.kept) {
      if (change) browser.certificates.kept.set(sha256, new Uint8Array(change(der)))
      else browser.certificates.kept.delete(sha256)
    }
    const tab = await browser.openReadyTab()
    expect(tab.rows()[0]?.sources[0]?.state).toMatchObject({ status: 'failed', failure: { kind: 'not-kept' } })
    expect(chainsOf(tab.rows()[0] as Row)).toEqual([])
  })

  it('is not replaced by another certificate that stands under its key', async () => {
    const { browser } = await browserWithCertificate()
    const other = await issueCertificate({ subject: 'evil.test', dnsNames: ['a.test'] })
    for (const sha256 of browser.certificates.kept.keys()) browser.certificates.kept.set(sha256, other.der)
    const tab = await browser.openReadyTab()
    expect(tab.rows()[0]?.sources[0]?.state).toMatchObject({ status: 'failed', failure: { kind: 'not-kept' } })
  })

  it('is asked for again at the next visit', async () => {
    const { browser } = await browserWithCertificate()
    browser.certificates.isForbidden = true
    const without = await browser.openReadyTab()
    expect(statuses(without.rows())).toEqual(['failed'])
    without.type('changed.test')
    without.passTime()
    without.close()
    browser.certificates.isForbidden = false
    const tab = await browser.openReadyTab()
    expect(tab.hosts()).toEqual(['changed.test'])
    expect(statuses(tab.rows())).toEqual(['read'])
  })

  it('does not hold up the sources beside it', async () => {
    const { browser, tab: first } = await browserWithCertificate()
    const again = await browser.openReadyTab({ session: first.session })
    const other = await issueCertificate({ subject: 'b.test', dnsNames: ['b.test'] })
    await again.app().addFiles(again.rows()[0]?.id ?? '', [pemFile('b.pem', other.pem)])
    await settled()
    again.passTime()
    again.close()
    const [gone] = browser.certificates.kept.keys()
    if (gone) browser.certificates.kept.delete(gone)
    const tab = await browser.openReadyTab()
    expect(statuses(tab.rows())).toEqual(['failed', 'read'])
    expect(pinsOf(tab.rows())).toHaveLength(1)
  })

  it('is said when the browser refuses to keep it', async () => {
    const browser = fakeBrowser()
    browser.certificates.isForbidden = true
    const tab = await browser.openReadyTab()
    const certificate = await issueCertificate({ subject: 'a.test', dnsNames: ['a.test'] })
    await tab.app().addFiles(tab.rows()[0]?.id ?? '', [pemFile('a.pem', certificate.pem)])
    await settled()
    expect(tab.projects().troubles).toEqual([{ kind: 'certificates-not-kept', isDismissed: false }])
    expect(statuses(tab.rows())).toEqual(['read'])
  })
})

describe('certificates that nothing needs', () => {
  it('are removed at the next visit, unless a project or something set aside names them', async () => {
    const { browser, tab: first } = await browserWithCertificate()
    const [named] = browser.certificates.kept.keys()
    const stray = 'f'.repeat(64) as typeof named
    if (stray) browser.certificates.kept.set(stray, Uint8Array.of(1))
    const second = await browser.openReadyTab({ session: first.session })
    expect([...browser.certificates.kept.keys()]).toEqual([named])

    second.app().eraseRow(second.rows()[0]?.id ?? '')
    second.passTime()
    expect([...browser.certificates.kept.keys()]).toEqual([named])
    second.close()
    browser.local.write(`${SET_ASIDE}x`, `{"damaged": "${named}`)
    const third = await browser.openReadyTab()
    expect([...browser.certificates.kept.keys()]).toEqual([named])
    third.close()
    browser.local.remove(`${SET_ASIDE}x`)
    await browser.openReadyTab()
    expect([...browser.certificates.kept.keys()]).toEqual([])
  })

  it('stay as long as another tab is open', async () => {
    const { browser } = await browserWithCertificate()
    const tab = await browser.openReadyTab()
    const stray = 'f'.repeat(64) as never
    browser.certificates.kept.set(stray, Uint8Array.of(1))
    await browser.openReadyTab()
    expect(browser.certificates.kept.has(stray)).toBe(true)
    tab.close()
  })
})

/** Both have the same project open, as it was saved. */
async function twoTabs() {
  const { browser, id } = await browserWith('a.test')
  const [one, two] = [await browser.openReadyTab(), await browser.openReadyTab()]
  return { browser, id, one, two }
}

describe('two tabs with one project', () => {
  it('notice each other, and nothing is overwritten', async () => {
    const { browser, id, one, two } = await twoTabs()
    two.type('two.test')
    one.type('one.test')
    one.passTime()
    const stored = browser.local.read(projectKey(id))
    expect(two.projects().conflict).toBe('changed')
    two.passTime()
    two.leave()
    two.type('two.again')
    expect(two.waiting()).toBe(0)
    expect(browser.local.read(projectKey(id))).toBe(stored)
    expect(one.projects().conflict).toBeNull()
  })

  it('notice it at the latest before writing, when no event has come', async () => {
    const { browser, id, one } = await twoTabs()
    const stored = (browser.local.read(projectKey(id)) ?? '').replace('a.test', 'unheard.test')
    browser.local.texts.set(projectKey(id), stored)
    one.type('one.test')
    one.passTime()
    expect(one.projects().conflict).toBe('changed')
    expect(browser.local.read(projectKey(id))).toBe(stored)
  })

  it('load the other version when asked', async () => {
    const { one, two } = await twoTabs()
    one.type('one.test')
    one.passTime()
    two.keeper.loadOther()
    expect(two.hosts()).toEqual(['one.test'])
    expect(two.projects().conflict).toBeNull()
    two.type('then.test')
    two.passTime()
    expect(one.projects().conflict).toBe('changed')
  })

  it('keep this version when asked, which the other tab then notices', async () => {
    const { browser, one, two } = await twoTabs()
    two.type('two.test')
    one.type('one.test')
    one.passTime()
    two.keeper.keepThis()
    expect(two.projects().conflict).toBeNull()
    expect(one.projects().conflict).toBe('changed')
    one.close()
    two.close()
    expect((await browser.openReadyTab()).hosts()).toEqual(['two.test'])
  })

  it('keep both as two projects when the version here is duplicated', async () => {
    const { browser, one, two } = await twoTabs()
    two.type('two.test')
    one.type('one.test')
    one.passTime()
    two.keeper.duplicate()
    expect(two.projects()).toMatchObject({ conflict: null, current: { name: 'Untitled project copy' } })
    expect(one.projects().conflict).toBeNull()
    expect(browser.keys(PROJECT_PREFIX)).toHaveLength(2)
  })

  it('hear that it was deleted, and can keep it all the same', async () => {
    const { browser, id, one, two } = await twoTabs()
    one.keeper.remove()
    expect(two.projects().conflict).toBe('deleted')
    two.passTime()
    two.leave()
    expect(browser.local.read(projectKey(id))).toBeNull()
    two.keeper.keepThis()
    expect(browser.local.read(projectKey(id))).toContain('a.test')
  })

  it('hear that it was deleted, and can let it go', async () => {
    const { browser, one, two } = await twoTabs()
    one.keeper.remove()
    two.keeper.loadOther()
    expect(two.hosts()).toEqual([''])
    two.passTime()
    expect(browser.keys(PROJECT_PREFIX)).toEqual([])
  })

  it('store certificates anew with the version that is kept', async () => {
    const { browser } = await browserWithCertificate()
    const [one, two] = [await browser.openReadyTab(), await browser.openReadyTab()]
    await one.keeper.forgetEverything()
    expect(browser.certificates.kept.size).toBe(0)
    expect(two.projects().conflict).toBe('deleted')
    two.keeper.keepThis()
    await settled()
    expect(browser.certificates.kept.size).toBe(1)
  })
})

describe('several projects', () => {
  it('do not disturb each other in two tabs', async () => {
    const { browser } = await browserWith('a.test')
    const one = await browser.openReadyTab()
    const two = await browser.openReadyTab()
    two.keeper.create()
    two.type('b.test')
    one.type('a.again')
    two.passTime()
    one.passTime()
    expect([one.projects().conflict, two.projects().conflict]).toEqual([null, null])
    expect(one.projects().list.map(({ name }) => name)).toEqual(['Untitled project', 'Untitled project 2'])
    const { session } = two
    two.close()
    one.close()
    expect((await browser.openReadyTab({ session })).hosts()).toEqual(['b.test'])
  })

  it('are per tab, and a new tab has the last one', async () => {
    const { browser, session } = await browserWith('a.test')
    const two = await browser.openReadyTab()
    two.keeper.create()
    two.type('b.test')
    two.passTime()
    expect((await browser.openReadyTab({ session })).hosts()).toEqual(['a.test'])
    expect(two.session.read(TAB_KEY)).toBe(two.projects().current.id)
    // A reload of the first tab made its project the last one.
    expect((await browser.openReadyTab()).hosts()).toEqual(['a.test'])
  })

  it('are saved before another is opened, and open as they were left', async () => {
    const { browser, id } = await browserWith('a.test')
    const tab = await browser.openReadyTab()
    tab.type('last.word')
    tab.keeper.create()
    expect(tab.hosts()).toEqual([''])
    expect(tab.projects().current.name).toBe('Untitled project 2')
    tab.keeper.open(id)
    expect(tab.hosts()).toEqual(['last.word'])
    expect(tab.projects().current).toEqual({ id, name: 'Untitled project' })
  })

  it('are renamed, also for other tabs', async () => {
    const { browser } = await browserWith('a.test')
    const tab = await browser.openReadyTab()
    const other = await browser.openReadyTab()
    other.keeper.create()
    tab.keeper.rename('<i>Shop</i>')
    expect(other.projects().list.map(({ name }) => name)).toContain('<i>Shop</i>')
    tab.close()
    other.close()
    expect((await browser.openReadyTab({ session: tab.session })).projects().current.name).toBe('<i>Shop</i>')
  })

  it('are duplicated under a name that is free', async () => {
    const { browser } = await browserWith('a.test')
    const tab = await browser.openReadyTab()
    tab.keeper.duplicate()
    tab.type('copy.test')
    tab.passTime()
    tab.keeper.duplicate()
    expect(tab.projects().list.map(({ name }) => name)).toEqual([
      'Untitled project',
      'Untitled project copy',
      'Untitled project copy copy',
    ])
    const first = tab.projects().list[0]
    tab.keeper.open(first?.id ?? '')
    expect(tab.hosts()).toEqual(['a.test'])
  })

  it('are deleted, and another one is opened', async () => {
    const { browser } = await browserWith('a.test')
    const tab = await browser.openReadyTab()
    tab.keeper.create()
    tab.type('b.test')
    tab.keeper.remove()
    expect(tab.hosts()).toEqual(['a.test'])
    tab.keeper.remove()
    expect(tab.hosts()).toEqual([''])
    tab.passTime()
    tab.leave()
    expect(browser.keys(PROJECT_PREFIX)).toEqual([])
  })

  it('open another way when the one that was used last is gone', async () => {
    const { browser, id } = await browserWith('a.test')
    browser.local.write(LAST_KEY, 'gone')
    expect((await browser.openReadyTab()).projects().current.id).toBe(id)
  })
})

describe('a text that cannot be read', () => {
  it.each(['{', 'null', '{"version":1}', encodeWithOtherId()])('is set aside, never destroyed: %s', async (garbage) => {
    const { browser, id } = await browserWith('a.test')
    browser.local.texts.set(projectKey(id), garbage)
    const tab = await browser.openReadyTab()
    expect(tab.hosts()).toEqual([''])
    tab.type('b.test')
    tab.passTime()
    const aside = tab.projects().setAside[0]
    if (!aside) throw new Error('Nothing was set aside')
    expect(tab.keeper.textOf(aside)).toBe(garbage)
    expect(browser.local.read(projectKey(id))).toBeNull()
    tab.close()
    const next = await browser.openReadyTab()
    expect(next.hosts()).toEqual(['b.test'])
    expect(next.projects().setAside).toEqual([aside])
    next.keeper.discard(aside)
    expect(next.projects().setAside).toEqual([])
    expect(browser.keys(SET_ASIDE)).toEqual([])
  })

  it('of a newer version stays where it is', async () => {
    const { browser, id } = await browserWith('a.test')
    browser.local.texts.set(projectKey(id), '{"version":3}')
    const tab = await browser.openReadyTab()
    tab.type('b.test')
    tab.passTime()
    expect(tab.projects().setAside).toEqual([{ key: projectKey(id), failure: { kind: 'newer-version' } }])
    expect(browser.local.read(projectKey(id))).toBe('{"version":3}')
  })

  it('stays where it is when there is no room for another copy', async () => {
    const { browser, id } = await browserWith('a.test')
    browser.local.texts.set(projectKey(id), '{')
    browser.local.refusal = 'storage-full'
    const tab = await browser.openReadyTab()
    expect(tab.projects().setAside).toEqual([{ key: projectKey(id), failure: { kind: 'not-json' } }])
    expect(browser.local.read(projectKey(id))).toBe('{')
  })

  it('of another tab is set aside when it is asked for', async () => {
    const { browser, id } = await browserWith('a.test')
    const tab = await browser.openReadyTab()
    browser.local.texts.set(projectKey(id), '{')
    tab.type('b.test')
    tab.passTime()
    tab.keeper.loadOther()
    expect(tab.projects().setAside).toMatchObject([{ failure: { kind: 'not-json' } }])
    expect(tab.hosts()).toEqual([''])
  })
})

/** A sound project that stands under the key of another. */
function encodeWithOtherId(): string {
  return '{"version":1,"revision":"r","id":"other","name":"n","rows":[],"settings":{}}'
}

describe('forgetting', () => {
  it('removes every key and the database, and writes nothing until something is done', async () => {
    const { browser, tab: first } = await browserWithCertificate()
    browser.local.write(`${SET_ASIDE}x`, 'old')
    browser.local.write('someone-else', 'stays')
    const tab = await browser.openReadyTab({ session: first.session })
    tab.type('unsaved.test')
    expect(await tab.keeper.forgetEverything()).toBe(true)
    await settled()
    tab.passTime()
    tab.leave()
    expect([...browser.local.texts]).toEqual([['someone-else', 'stays']])
    expect([...tab.session.texts]).toEqual([])
    expect(browser.certificates).toMatchObject({ isDestroyed: true, kept: new Map() })
    expect(tab.hosts()).toEqual([''])
    expect(tab.app().undoable).toBeNull()
    expect(tab.projects()).toMatchObject({ setAside: [], list: [{ name: 'Untitled project' }] })

    tab.type('new.test')
    tab.passTime()
    tab.close()
    expect((await browser.openReadyTab()).hosts()).toEqual(['new.test'])
  })

  it('also stops what is being read', async () => {
    const browser = fakeBrowser()
    const answers: (() => void)[] = []
    const engine = createInProcessEngine()
    const certificate = await issueCertificate({ subject: 'a.test', dnsNames: ['a.test'] })
    const tab = await browser.openReadyTab({
      engine: {
        ...engine,
        inspect: async (bytes, signal) => {
          await new Promise<void>((resolve) => {
            answers.push(resolve)
          })
          return engine.inspect(bytes, signal)
        },
      },
    })
    void tab.app().addFiles(tab.rows()[0]?.id ?? '', [pemFile('a.pem', certificate.pem)])
    await settled()
    await tab.keeper.forgetEverything()
    for (const answer of answers) answer()
    await settled()
    tab.passTime()
    expect(browser.local.texts.size).toBe(0)
    expect(browser.certificates.kept.size).toBe(0)
  })

  it('says when certificates could not be removed', async () => {
    const { browser } = await browserWithCertificate()
    const tab = await browser.openReadyTab()
    browser.certificates.isForbidden = true
    expect(await tab.keeper.forgetEverything()).toBe(false)
    expect(browser.keys(KEY_PREFIX)).toEqual([])
  })
})
