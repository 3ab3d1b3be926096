import { describe, expect, it } from 'vitest'
import { isMissing, xmllint, xmllintAccepts } from '../support/tools.ts'
import { parseStrictXml } from './strict-xml.ts'

const WELL_FORMED = [
  '<a/>',
  '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<a b="1">text</a>\n',
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist/>',
  '<a><!-- it\'s "quoted" ]]> &nbsp; <!ENTITY --><![CDATA[<&]]></a>',
  '<a b="]]> \'">&lt;&amp;&gt;&#65;&#x1F600;]]&gt;</a>',
  '<a>it\'s "quoted"</a>',
]

const BROKEN = [
  '',
  'text',
  '<a><b></a>',
  '<a/><b/>',
  '<a/>text',
  '<a b=c/>',
  '<a b/>',
  '<a b="1" b="2"/>',
  '<a b="1"c="2"/>',
  '<a b="<"/>',
  '<a>&nbsp;</a>',
  '<a>a & b</a>',
  '<a b="a & b"/>',
  '<a>&amp</a>',
  '<a>&</a>',
  '<a>&#X41;</a>',
  '<a><!-- -- --></a>',
  '<a>]]></a>',
  "<a>it's ]]> isn't</a>",
  '<a>\u0001</a>',
  '<a>&#1;</a>',
  '<a>&#xFFFE;</a>',
  '<a b="&#0;"/>',
  '<1a/>',
  '<a',
  '\n<?xml version="1.0"?><a/>',
  '<a><!DOCTYPE b></a>',
]

describe('strict XML', () => {
  it.each(WELL_FORMED)('reads %j', (xml) => {
    expect(parseStrictXml(xml).problem).toBeUndefined()
  })

  it.each(BROKEN)('refuses %j', (xml) => {
    expect(parseStrictXml(xml).problem).toBeDefined()
  })

  it('refuses entity declarations, which no document here needs', () => {
    expect(parseStrictXml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>').problem).toBeDefined()
  })
})

describe.skipIf(isMissing(xmllint))('xmllint', () => {
  it('is of the same opinion', () => {
    expect(WELL_FORMED.map((xml) => xmllintAccepts(xml).problem)).toEqual(WELL_FORMED.map(() => undefined))
    expect(BROKEN.filter((xml) => xmllintAccepts(xml).problem === undefined)).toEqual([])
  })
})
