import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { SHELLS, type Shell } from '../openssl-commands.ts'
import { KEY_PREFIX } from '../persistence/open-project.ts'
import type { TextStorage } from '../persistence/text-storage.ts'

const KEY = `${KEY_PREFIX}shell`

export interface ShellChoice {
  readonly shell: Shell
  readonly choose: (shell: Shell) => void
}

/** Which shell commands are written for: what was chosen last in this browser, or else what `userAgent` has. */
export function createShellChoice(storage: TextStorage, userAgent: string): StoreApi<ShellChoice> {
  const remembered = storage.read(KEY)
  const usual = userAgent.includes('Windows') ? 'powershell' : 'shell'
  return createStore<ShellChoice>((setState) => ({
    shell: SHELLS.find((shell) => shell === remembered) ?? usual,
    choose: (shell) => {
      setState({ shell })
      storage.write(KEY, shell)
    },
  }))
}

const ShellContext = createContext<StoreApi<ShellChoice> | null>(null)

export const ShellProvider = ShellContext

export function useShellChoice(): ShellChoice {
  const choice = use(ShellContext)
  if (!choice) throw new Error('ShellProvider is missing')
  return useStore(choice)
}
