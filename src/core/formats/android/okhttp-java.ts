import { isoDay } from '../../instant.ts'
import type { PinPlan } from '../../pins/plan-pins.ts'
import { slashComment, javaString } from '../escape.ts'
import { defineFormat, type Stamp } from '../format.ts'
import { pinComment } from '../pin-comment.ts'
import { OKHTTP_ABILITIES, patternPins, versionNotes, type PatternPins } from './okhttp-pins.ts'

const MINIMUM_VERSION = 'OkHttp 4.3'

/** OkHttp's own pinning in Java, by platforms.md C.1. */
export const okhttpJava = defineFormat({
  id: 'android-okhttp-java',
  platforms: ['android'],
  kind: 'app',
  hasOwnRules: false,
  title: 'OkHttp and Retrofit: Java',
  docs: 'https://lysine.dev/okhttp/features/https/',
  abilities: { ...OKHTTP_ABILITIES, minimumVersion: MINIMUM_VERSION },
  options: {},
  render: (plan, _values, stamp) =>
    plan.policies.length === 0
      ? []
      : [
          {
            kind: 'text',
            id: 'pins',
            title: 'Pins of the app',
            path: 'app/src/main/java/com/example/app/CertificatePins.java',
            fileName: 'CertificatePins.java',
            language: 'java',
            content: pinsFile(plan, stamp),
            place: 'Save it in a package of the app, and write that package in place of com.example.app.',
          },
          {
            kind: 'text',
            id: 'usage',
            title: 'Client with these pins',
            path: 'Where the app builds its OkHttpClient',
            fileName: null,
            language: 'java',
            content: USAGE,
            place:
              'Add the pins to every OkHttpClient of the app: one without them is not pinned. Retrofit has them from the client that it is given.',
          },
        ],
})

const USAGE = `OkHttpClient client = new OkHttpClient.Builder()
        .certificatePinner(CertificatePins.PINNER)
        .build();
`

/** Statements, not one chain of calls: at a thousand hosts a chain overflows the stack of the compiler. */
function pinsFile(plan: PinPlan, { toolVersion, now }: Stamp): string {
  return [
    slashComment(`Certificate pins made by Pinsmith ${toolVersion} on ${isoDay(now)}`),
    ...versionNotes(plan, MINIMUM_VERSION).map(slashComment),
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
