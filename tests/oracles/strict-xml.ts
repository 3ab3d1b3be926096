import { DOMParser, onWarningStopParsing, type Element, type Node } from '@xmldom/xmldom'

export type ParsedXml =
  { readonly root: Element; readonly problem?: never } | { readonly root?: never; readonly problem: string }

/**
 * Reads XML without forgiving anything: every warning of the parser counts, and so does what xmldom overlooks.
 * Internal entities are refused, no document here needs them.
 */
export function parseStrictXml(text: string): ParsedXml {
  const xml = text.startsWith('\uFEFF') ? text.slice(1) : text
  const overlooked = problemXmldomOverlooks(xml)
  if (overlooked !== null) return { problem: overlooked }
  try {
    const root = new DOMParser({ onError: onWarningStopParsing }).parseFromString(xml, 'text/xml').documentElement
    return root === null ? { problem: 'no root element' } : { root }
  } catch (cause) {
    return { problem: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** XML 1.0 §2.2: the characters a document may contain, given as themselves or by number. */
function isXmlCharacter(code: number): boolean {
  return (
    code === 0x09 ||
    code === 0x0a ||
    code === 0x0d ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  )
}

function problemXmldomOverlooks(xml: string): string | null {
  for (const character of xml) {
    const code = character.codePointAt(0) ?? 0
    if (!isXmlCharacter(code)) return `character U+${code.toString(16).toUpperCase().padStart(4, '0')} is not allowed`
  }
  const characterData = xml.replaceAll(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, '')
  if (characterData.includes('<!ENTITY')) return 'entity declarations are refused'
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\dA-Fa-f]+);)/.test(characterData)) return 'a bare & or an undeclared entity'
  for (const [reference, hexadecimal, decimal] of characterData.matchAll(/&#(?:x([\dA-Fa-f]+)|(\d+));/g)) {
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)
    if (!isXmlCharacter(code)) return `${reference} is not an allowed character`
  }
  // XML 1.0 §2.4: `]]>` must not appear in text; in an attribute value it may.
  const text = characterData.replaceAll(/<(?:"[^"]*"|'[^']*'|[^"'>])*>/g, '')
  if (text.includes(']]>')) return ']]> stands in text'
  return null
}

export function isElement(node: Node): node is Element {
  return node.nodeType === node.ELEMENT_NODE
}

export function childElements(parent: Node): Element[] {
  return Array.from(parent.childNodes).filter(isElement)
}

/** The character data of an element itself: text and CDATA sections, joined across comments. */
export function ownText(parent: Node): string {
  return Array.from(parent.childNodes)
    .filter((node) => node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE)
    .map((node) => node.nodeValue ?? '')
    .join('')
}
