import { DIALLING } from './dialler.js'
import { STATIC_ROOT } from './static-root.js'

// One file, as a bundle has, and two kinds of process; neither loads what only the other needs.
if (process.argv[2] === DIALLING) {
  const { answerDials } = await import('./dialling-process.js')
  answerDials(Number(process.argv[3]))
} else {
  const { serve } = await import('./serve.js')
  serve({ staticRoot: STATIC_ROOT })
}
