import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { FAQ_ANSWERS, FAQ_GROUPS, type FaqAnswerId } from '../../../src/app/faq/answers.ts'
import type { FaqAnswer, FaqBlock } from '../../../src/app/faq/faq-answer.ts'
import { FaqTab } from '../../../src/app/faq/FaqTab.tsx'
import { InlineText } from '../../../src/app/faq/InlineText.tsx'
import { plainText, splitInline } from '../../../src/app/faq/inline-text.ts'
import { searchAnswers } from '../../../src/app/faq/search-answers.ts'

/** Alerts, kept addresses and pages elsewhere point at these: none may go. */
const KEPT_IDS: readonly FaqAnswerId[] = [
  'what-is-pinning',
  'do-i-need-it',
  'what-is-a-pin',
  'key-encoding',
  'key-not-certificate',
  'leaf-intermediate-root',
  'why-not-intermediate',
  'backup-pin',
  'typed-pins',
  'one-match',
  'subdomains',
  'domain-spellings',
  'expiration',
  'should-i-set-expiration',
  'certificate-lifetimes',
  'distrusted-ca',
  'lets-encrypt',
  'cloudflare',
  'aws',
  'other-providers',
  'pins-from-code',
  'third-party-domains',
  'file-types',
  'root-not-sent',
  'served-chain',
  'rotate',
  'already-broke',
  'os-versions',
  'webviews',
  'debug-proxies',
  'private-ca',
  'tls-inspection',
  'testing',
  'are-pins-secret',
  'privacy',
  'cross-signed-roots',
  'several-pins',
  'frameworks',
  'error-messages',
  'protection-compared',
  'attacks',
  'bypass',
  'static-or-dynamic',
  'app-attestation',
  'certificate-transparency',
  'company-networks',
  'hpkp',
  'when-a-pin-fails',
]

/** What people ask about pinning, and the answer to each. */
const TOPICS: Readonly<Record<string, FaqAnswerId>> = {
  'What is certificate pinning?': 'what-is-pinning',
  'Do I need it?': 'do-i-need-it',
  'What exactly is a pin?': 'what-is-a-pin',
  'Why the key and not the certificate?': 'key-not-certificate',
  'Leaf, intermediate or root?': 'leaf-intermediate-root',
  'Why not the intermediate?': 'why-not-intermediate',
  'What is a backup pin and how do I get one?': 'backup-pin',
  'Does one match suffice?': 'one-match',
  'What does “pin sub-domains” cover?': 'subdomains',
  'Which domain spellings are allowed?': 'domain-spellings',
  'What does Android’s expiration do?': 'expiration',
  'Should I set it?': 'should-i-set-expiration',
  'How often will certificates change?': 'certificate-lifetimes',
  'Can I pin with Let’s Encrypt?': 'lets-encrypt',
  'Cloudflare?': 'cloudflare',
  'AWS ACM, CloudFront?': 'aws',
  'Azure, Akamai, Google, API gateways?': 'other-providers',
  'May I pin a domain I do not control?': 'third-party-domains',
  'Which file types work?': 'file-types',
  'Why does the live fetch lack the root?': 'root-not-sent',
  'What is a cross-signed root and why two expiry dates?': 'cross-signed-roots',
  'How do I rotate without an outage?': 'rotate',
  'The pins already broke. What now?': 'already-broke',
  'Which OS versions?': 'os-versions',
  'Does it cover WebViews?': 'webviews',
  'Flutter, React Native, Ktor?': 'frameworks',
  'How do I debug with Charles or mitmproxy?': 'debug-proxies',
  'How do I test it?': 'testing',
  'What do the errors mean?': 'error-messages',
  'Are pins secret?': 'are-pins-secret',
  'Can pinning be bypassed?': 'bypass',
  'Company networks with TLS inspection?': 'company-networks',
  'Certificate Transparency instead?': 'certificate-transparency',
  'Static or dynamic?': 'static-or-dynamic',
  'What happened to HPKP?': 'hpkp',
  'Do you see my certificates or keys?': 'privacy',
  'Why are there several pins of one domain?': 'several-pins',
  'What if a CA is distrusted?': 'distrusted-ca',
  'HTTPS, static pinning, dynamic pinning: which do I need?': 'protection-compared',
  'Which attacks does pinning stop, which not?': 'attacks',
  'What should the app do when a pin fails?': 'when-a-pin-fails',
}

/** Places of the FAQ that are no answers. */
const OTHER_PLACES = ['errors', 'glossary', 'pins-broke']

function inlineTexts(block: FaqBlock): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return [block.text]
    case 'list':
      return block.items
    case 'table':
      return [block.caption, ...block.head, ...block.rows.flat()]
    case 'link':
      return [block.text]
    case 'code':
      return []
  }
}

function words(blocks: readonly FaqBlock[]): number {
  return blocks
    .flatMap(inlineTexts)
    .map(plainText)
    .join(' ')
    .split(/\s+/)
    .filter((word) => word !== '').length
}

const idsFor = (query: string) => searchAnswers(FAQ_ANSWERS, query).map((answer) => answer.id)

const render = (selectedId: string | null) =>
  renderToStaticMarkup(createElement(FaqTab, { selectedId, onSelect: () => undefined }))

describe('the answers', () => {
  test('have unique kebab-case ids', () => {
    const ids = FAQ_ANSWERS.map((answer) => answer.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)*$/.test(id))).toEqual([])
  })

  test('have the ids that they always had', () => {
    expect(FAQ_ANSWERS.map((answer) => answer.id).toSorted()).toEqual(KEPT_IDS.toSorted())
  })

  test('answer each of the 41 topics', () => {
    expect(Object.keys(TOPICS)).toHaveLength(41)
    expect(new Set(Object.values(TOPICS)).size).toBe(41)
    expect(FAQ_ANSWERS.map((answer) => answer.id)).toEqual(expect.arrayContaining(Object.values(TOPICS)))
  })

  test('link to places that exist', () => {
    const places = new Set<string>([...FAQ_ANSWERS.map(({ id }) => id), ...OTHER_PLACES])
    const links = FAQ_ANSWERS.flatMap(({ blocks }: FaqAnswer) => blocks.filter((block) => block.kind === 'link'))
    expect(links.length).toBeGreaterThan(0)
    expect(links.filter(({ to }) => !places.has(to))).toEqual([])
  })

  test('are each in exactly one group', () => {
    const grouped = FAQ_GROUPS.flatMap((group) => group.answers)
    expect(grouped.toSorted()).toEqual(FAQ_ANSWERS.map((answer) => answer.id).toSorted())
  })

  test.each<FaqAnswer>(FAQ_ANSWERS)('$id has a question, a text of readable length and no empty part', (answer) => {
    expect(answer.question).toMatch(/^\S.*\?$/)
    expect(answer.blocks.length).toBeGreaterThan(0)
    for (const block of answer.blocks) {
      const texts = block.kind === 'code' ? [block.text] : inlineTexts(block)
      expect(texts.length).toBeGreaterThan(0)
      expect(texts.filter((text) => text.trim() === '')).toEqual([])
    }
    expect(words(answer.blocks)).toBeGreaterThanOrEqual(60)
    expect(words(answer.blocks)).toBeLessThanOrEqual(180)
    // A table is looked up rather than read.
    expect(words(answer.blocks.filter(({ kind }) => kind !== 'table'))).toBeLessThanOrEqual(160)
  })

  test.each<FaqAnswer>(FAQ_ANSWERS)('$id names its sources, all over https and each once', ({ sources }) => {
    expect(sources.length).toBeGreaterThan(0)
    expect(new Set(sources.map((source) => source.url)).size).toBe(sources.length)
    for (const source of sources) {
      expect(source.title.trim()).not.toBe('')
      expect(new URL(source.url).protocol).toBe('https:')
    }
  })

  test.each<FaqAnswer>(FAQ_ANSWERS)('$id has no mark without its pair', (answer) => {
    const leftOver = answer.blocks
      .flatMap(inlineTexts)
      .flatMap(splitInline)
      .filter((piece) => piece.kind !== 'code' && /`|\*\*/.test(piece.text))
    expect(leftOver).toEqual([])
  })

  test.each<FaqAnswer>(FAQ_ANSWERS)(
    '$id has tables with as many cells as headings, and no repeated parts',
    (answer) => {
      for (const { items } of answer.blocks.filter((block) => block.kind === 'list')) {
        expect(new Set(items).size).toBe(items.length)
      }
      for (const block of answer.blocks.filter((part) => part.kind === 'table')) {
        expect(new Set(block.head).size).toBe(block.head.length)
        expect(new Set(block.rows.map(([heading]) => heading)).size).toBe(block.rows.length)
        for (const row of block.rows) expect(row.length).toBe(block.head.length)
      }
    },
  )
})

describe('inline text', () => {
  test('is split into text, code and strong', () => {
    expect(splitInline('Use `--reuse-key`, **always**.')).toEqual([
      { kind: 'text', text: 'Use ' },
      { kind: 'code', text: '--reuse-key' },
      { kind: 'text', text: ', ' },
      { kind: 'strong', text: 'always' },
      { kind: 'text', text: '.' },
    ])
  })

  test('keeps stars inside code', () => {
    expect(splitInline('`**.a` and `**.b`').filter((piece) => piece.kind === 'strong')).toEqual([])
  })

  test('keeps marks without a pair', () => {
    for (const text of ['a ` b', 'a ** b', '**a', '``', '****']) expect(plainText(text)).toBe(text)
  })

  test('keeps hostile text as text', () => {
    const hostile = '<img src=x onerror=alert(1)> `<script>` **</h3><b>** [x](javascript:alert(1)) &amp;'
    expect(plainText(hostile)).toBe(hostile.replaceAll('`', '').replaceAll('**', ''))
    const html = renderToStaticMarkup(createElement(InlineText, { text: hostile }))
    expect(html.replace(/<\/?(?:code|strong)>/g, '')).not.toMatch(/[<>]/)
    expect(html).toContain('<code>&lt;script&gt;</code>')
    expect(html).toContain('&amp;amp;')
  })
})

describe('the search', () => {
  test('gives everything for an empty query', () => {
    expect(idsFor('  ')).toHaveLength(FAQ_ANSWERS.length)
  })

  test('wants every word, anywhere in question and text, in any case', () => {
    expect(idsFor('WKWEBVIEW  unknown')).toEqual(['webviews'])
    expect(idsFor('wkwebview certbot')).toEqual([])
  })

  test('sees through marks and typographic apostrophes', () => {
    expect(idsFor('universal, advanced')).toEqual(['cloudflare'])
    expect(idsFor("let's encrypt")).toContain('lets-encrypt')
    expect(idsFor('okhttp **.')).toContain('subdomains')
  })
})

describe('the tab', () => {
  const html = render(null)

  test('has an element and a stable link for every answer', () => {
    for (const { id } of FAQ_ANSWERS) {
      expect(html).toContain(`<details id="faq-${id}"`)
      expect(html).toContain(`href="#faq/${id}"`)
    }
  })

  test('has a heading in every summary', () => {
    expect(html.match(/<summary[^>]*><h3/g)).toHaveLength(FAQ_ANSWERS.length)
  })

  test('opens other sites in a new tab, without telling them where the reader came from', () => {
    const external = html.match(/<a [^>]*href="https:[^>]*>/g) ?? []
    expect(external.length).toBeGreaterThan(FAQ_ANSWERS.length)
    expect(external.filter((link) => !/target="_blank"/.test(link) || !/rel="noreferrer"/.test(link))).toEqual([])
  })

  test('loads nothing from elsewhere', () => {
    const tags = html.match(/<[^>]*>/g) ?? []
    expect(tags.filter((tag) => / (?:src|srcset|style)=|^<(?:img|script|iframe|link|object)\b/.test(tag))).toEqual([])
  })

  test('takes an unknown id from the address without harm', () => {
    expect(render('"><img src=x>')).toBe(html)
  })
})
