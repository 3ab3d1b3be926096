import type { PinPlan } from '../../pins/plan-pins.ts'
import { slashComment, kotlinString } from '../escape.ts'
import { stampText, type Stamp } from '../format.ts'
import { pinComment } from '../pin-comment.ts'
import { patternPins, versionNotes, type PatternPins } from './okhttp-pins.ts'

/**
 * `CertificatePins.kt` with OkHttp's pinner. Statements, not one chain of calls: at a thousand hosts a chain overflows
 * the stack of the compiler. No trailing commas: Kotlin has them since 1.4.
 */
export function kotlinPinsFile(plan: PinPlan, minimumVersion: string, stamp: Stamp): string {
  return [
    slashComment(stampText(stamp, plan.policies)),
    ...versionNotes(plan, minimumVersion).map(slashComment),
    'package com.example.app',
    '',
    'import okhttp3.CertificatePinner',
    '',
    'object CertificatePins {',
    '    val pinner: CertificatePinner = CertificatePinner.Builder()',
    '        .apply {',
    ...patternPins(plan).flatMap(addCall),
    '        }',
    '        .build()',
    '}',
    '',
  ].join('\n')
}

function addCall({ pattern, pins }: PatternPins): string[] {
  return [
    '            add(',
    `                ${kotlinString(pattern)},`,
    ...pins.flatMap((pin, index) => [
      `                ${slashComment(pinComment(pin))}`,
      `                ${kotlinString(`sha256/${pin.pin}`)}${index === pins.length - 1 ? '' : ','}`,
    ]),
    '            )',
  ]
}
