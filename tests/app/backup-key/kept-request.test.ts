import { expect, it } from 'vitest'
import { keyFileNames } from '../../../src/app/backup-key/file-names.ts'
import { encode } from '../../../src/app/persistence/saved-project.ts'
import { createReportSelector } from '../../../src/app/report.ts'
import { keysOf } from '../../../src/app/row.ts'
import { createAppStore } from '../../../src/app/store.ts'
import { failed } from '../../../src/core/result.ts'
import { makeBackupKey } from '../../../src/engine/backup-key.ts'
import { createInProcessEngine } from '../../support/in-process-engine.ts'
import { TEST_NOW } from '../../support/issue-chain.ts'
import { valueOf } from '../../support/outcome.ts'

it('a row takes the request of a key for a backup, and its project keeps the pin and no part of the key', async () => {
  const store = createAppStore({
    engine: createInProcessEngine(),
    fetchLiveChain: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix: (host) => Promise.resolve({ registrableDomain: host, isPublicSuffix: false }),
    now: () => TEST_NOW,
  })
  const app = () => store.getState()
  const rowId = app().rows[0]?.id ?? ''
  app().typeHost(rowId, 'api.example.com')
  const names = ['api.example.com', '*.api.example.com']
  const key = valueOf(await makeBackupKey({ keyType: 'p-256', names, passphrase: 'correct horse battery' }))
  const files = keyFileNames('api.example.com', key.pin)
  await app().addFiles(rowId, [new File([key.request], files.request)])
  app().pinBackupKey(rowId, key.pin, true)

  await expect.poll(() => app().rows[0]?.suffix).not.toBeNull()
  const [row] = app().rows
  if (!row) throw new Error('There is no row')
  expect(keysOf(row)).toMatchObject([{ pin: key.pin, name: 'CN=api.example.com' }])
  const { plan } = createReportSelector(() => TEST_NOW, '0')(app())
  expect(plan.policies).toMatchObject([{ host: 'api.example.com', pins: [{ pin: key.pin, role: 'leaf' }] }])

  const project = encode({ id: 'a', name: 'b', revision: 'c', rows: app().rows, settings: {} })
  expect(project).toContain(key.pin)
  expect(project).toContain(files.request)
  for (const line of key.encryptedKey.trim().split('\n')) expect(project).not.toContain(line)

  await app().removeSource(rowId, row.sources[0]?.id ?? '')
  expect(createReportSelector(() => TEST_NOW, '0')(app()).plan.policies).toEqual([])
})
