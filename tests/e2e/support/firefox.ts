import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { launch, type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { Tool } from '../../support/tools.ts'

/** A command that answers: on Ubuntu `firefox` may be a script that only asks for a snap. */
function findFirefox(): string | null {
  const chosen = process.env['PINSMITH_FIREFOX']
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => ['firefox-esr', 'firefox'].map((name) => join(folder, name)))
  return (chosen ? [chosen] : onPath).find((file) => isExecutable(file) && starts(file)) ?? null
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function starts(file: string): boolean {
  return spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0
}

const executablePath = findFirefox()

export const firefox = {
  name: 'Firefox',
  missing:
    executablePath === null
      ? 'no Firefox starts (apt-get install firefox-esr, or set PINSMITH_FIREFOX to the path of yours)'
      : null,
} satisfies Tool

let browser: Browser | null = null

/** One Firefox for the tests of a group, driven over WebDriver BiDi. */
export function useFirefox() {
  beforeAll(async () => {
    if (executablePath === null) throw new Error(firefox.missing ?? '')
    browser = await launch({ browser: 'firefox', executablePath, headless: true, protocol: 'webDriverBiDi' })
  })
  afterAll(async () => {
    await browser?.close()
    browser = null
  })
}

/** Opens an address in a fresh context. At the end of the test the page may have neither an error nor a foreign request. */
export async function openInFirefox(address: string): Promise<Page> {
  if (!browser) throw new Error('useFirefox() is missing')
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  const problems: string[] = []
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== new URL(address).origin && protocol.startsWith('http')) problems.push(`request to ${origin}`)
  })
  page.on('pageerror', (error) => problems.push(error instanceof Error ? error.message : String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  onTestFinished(async () => {
    await context.close()
    expect(problems).toEqual([])
  })
  await page.goto(address)
  return page
}
