import type { PinPlan } from '../../pins/plan-pins.ts'
import { slashComment, javaString } from '../escape.ts'
import { defineFormat, stampText, type Stamp } from '../format.ts'
import { pinComment } from '../pin-comment.ts'
import { OKHTTP, OKHTTP_ABILITIES, okhttpSnippets, patternPins, versionNotes, type PatternPins } from './okhttp-pins.ts'

/** OkHttp's own pinning in Java, by platforms.md C.1. */
export const okhttpJava = defineFormat({
  id: 'android-okhttp-java',
  platforms: ['android'],
  kind: 'app',
  hasOwnRules: false,
  title: 'OkHttp and Retrofit: Java',
  docs: OKHTTP.docs,
  failsWith: OKHTTP.failsWith,
  abilities: { ...OKHTTP_ABILITIES, minimumVersion: OKHTTP.minimumVersion },
  options: {},
  render: (plan, _values, stamp) =>
    okhttpSnippets(plan, {
      language: 'java',
      fileName: 'CertificatePins.java',
      pins: pinsFile(plan, stamp),
      usage: USAGE,
    }),
})

const USAGE = `OkHttpClient client = new OkHttpClient.Builder()
        .certificatePinner(CertificatePins.PINNER)
        .build();
`

/** Statements, not one chain of calls: at a thousand hosts a chain overflows the stack of the compiler. */
function pinsFile(plan: PinPlan, stamp: Stamp): string {
  return [
    slashComment(stampText(stamp, plan.policies)),
    ...versionNotes(plan, OKHTTP.minimumVersion).map(slashComment),
    'package com.example.app;',
    '',
    'import okhttp3.CertificatePinner;',
    '',
    'public final class CertificatePins {',
    '    public static final CertificatePinner PINNER = pinner();',
    '',
    '    private CertificatePins() {}',
    '',
    '    private static CertificatePinner pinner() {',
    '        CertificatePinner.Builder builder = new CertificatePinner.Builder();',
    ...patternPins(plan).flatMap(addCall),
    '        return builder.build();',
    '    }',
    '}',
    '',
  ].join('\n')
}

function addCall({ pattern, pins }: PatternPins): string[] {
  return [
    '        builder.add(',
    `                ${javaString(pattern)},`,
    ...pins.flatMap((pin, index) => [
      `                ${slashComment(pinComment(pin))}`,
      `                ${javaString(`sha256/${pin.pin}`)}${index === pins.length - 1 ? ');' : ','}`,
    ]),
  ]
}
