import { join } from 'node:path'

/** The built page: the servers are built to `dist-server/` and the page to `dist/` beside it. */
export const STATIC_ROOT = join(import.meta.dirname, '..', 'dist')
