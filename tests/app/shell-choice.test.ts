import { expect, it } from 'vitest'
import { createShellChoice } from '../../src/app/shared/shell-choice.ts'
import { fakeStorage } from './persistence/support/fake-browser.ts'

const LINUX = 'Mozilla/5.0 (X11; Linux x86_64)'
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'

it('is PowerShell on Windows and a shell elsewhere', () => {
  expect(createShellChoice(fakeStorage(), WINDOWS).getState().shell).toBe('powershell')
  expect(createShellChoice(fakeStorage(), LINUX).getState().shell).toBe('shell')
})

it('is what was chosen last, wherever that is', () => {
  const storage = fakeStorage()
  const choice = createShellChoice(storage, LINUX)
  choice.getState().choose('powershell')
  expect(choice.getState().shell).toBe('powershell')
  expect(createShellChoice(storage, LINUX).getState().shell).toBe('powershell')
  createShellChoice(storage, WINDOWS).getState().choose('shell')
  expect(createShellChoice(storage, WINDOWS).getState().shell).toBe('shell')
})

it('is not what somebody else wrote there', () => {
  const storage = fakeStorage()
  storage.write('pinsmith:shell', '<script>')
  expect(createShellChoice(storage, LINUX).getState().shell).toBe('shell')
})
