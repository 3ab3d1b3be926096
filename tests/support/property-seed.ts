/**
 * The test command draws the same random cases each time, so that one commit has one result. The long mode
 * (`npm run test:fuzz`) draws others each time: it is there to find what these do not.
 */
import * as fc from 'fast-check'

if (!process.env['PINSMITH_FUZZ_CASES']) fc.configureGlobal({ seed: 20_261_121 })
