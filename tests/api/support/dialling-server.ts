/**
 * The Node server as it is built, but every name leads to 127.0.0.1, and its dialling process is renewed whenever it
 * looks at its memory.
 */
import { DIALLING } from '../../../api/_lib/dialler.ts'
import { answerDials } from '../../../api/_lib/dialling-process.ts'
import { serve } from '../../../api/_lib/serve.ts'
import { resolveTo } from './ask.ts'

if (process.argv[2] === DIALLING) answerDials(Number(process.argv[3]))
else serve({ resolve: resolveTo('127.0.0.1'), mostDiallingMemory: 1 })
