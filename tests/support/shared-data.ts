import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tool } from './tools.ts'

const FOLDER = join(import.meta.dirname, '../../../shared/data')

/** Reference data beside the repository; a lone clone does not have it. */
export const sharedData = {
  name: 'the shared reference data',
  missing: existsSync(FOLDER) ? null : `${FOLDER} does not exist`,
} satisfies Tool

export function readSharedData(path: string): string {
  return readFileSync(join(FOLDER, path), 'utf8')
}
