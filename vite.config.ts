import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { getRequestListener } from '@hono/node-server'
import type { Plugin } from 'vite'
import packageJson from './package.json' with { type: 'json' }
import { defineConfig } from 'vitest/config'
import { META_CONTENT_SECURITY_POLICY } from './api/_lib/security-headers.js'

/** Writes the Content-Security-Policy into the built page, for hosts that send no headers of ours. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'pinsmith:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: META_CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  }
}

/** Serves `api/` in development, each request through the newest code. */
function apiInDevelopment(): Plugin {
  // One app for as long as the code is the same: it counts what its clients ask for.
  let createNewest: unknown
  let listener: ReturnType<typeof getRequestListener> | undefined
  return {
    name: 'pinsmith:api',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use('/api', (request, response, next) => {
        request.url = request.originalUrl ?? request.url
        const answer = async () => {
          const { createApp } = await server.ssrLoadModule('/api/_lib/app.ts')
          if (listener === undefined || createNewest !== createApp) listener = getRequestListener(createApp().fetch)
          createNewest = createApp
          await listener(request, response)
        }
        answer().catch((cause: unknown) => next(cause))
      })
    },
  }
}

/** The day of the bundled root stores, for the page to show before it loads them. */
const rootStoreDate = (
  JSON.parse(readFileSync(new URL('src/engine/roots/root-table.json', import.meta.url), 'utf8')) as { date: string }
).date

/** Says how old the root stores in a build are, since nothing else of a build does. */
function tellRootStoreDate(): Plugin {
  return {
    name: 'pinsmith:root-store-date',
    apply: 'build',
    configResolved: ({ build, logger }) => {
      if (!build.ssr) logger.info(`root stores of ${rootStoreDate} (src/engine/roots/README.md)`)
    },
  }
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react(), contentSecurityPolicy(), apiInDevelopment(), tellRootStoreDate()],
  define: {
    __PINSMITH_VERSION__: JSON.stringify(packageJson.version),
    __PINSMITH_ROOT_STORE_DATE__: JSON.stringify(rootStoreDate),
  },
  build: isSsrBuild
    ? { outDir: 'dist-server', target: 'node20', copyPublicDir: false }
    : {
        outDir: 'dist',
        target: 'es2022',
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        // What the first load needs is one chunk; left alone, modules that later chunks share become files of their own.
        rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'index', tags: ['$initial'] }] } } },
      },
  ssr: { noExternal: isSsrBuild ? (true as const) : [] },
  worker: { format: 'es' },
  // Found only when a chunk is first used; the development server would then reload the page and lose its rows.
  optimizeDeps: {
    include: [
      '@noble/hashes/legacy.js',
      '@noble/hashes/sha2.js',
      '@peculiar/x509',
      'asn1js',
      'fflate',
      'idb-keyval',
      'node-forge/lib/forge.js',
      'node-forge/lib/pbe.js',
      'node-forge/lib/sha512.js',
      'papaparse',
      'pkijs',
      'prismjs/components/prism-core.js',
      'prismjs/components/prism-markup.js',
      'reflect-metadata',
      'tldts',
    ],
  },
  server: { port: 4173, strictPort: true },
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**'],
          setupFiles: 'tests/support/property-seed.ts',
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: 'tests/e2e/global-setup.ts',
          fileParallelism: false,
          // A busy machine is slow, which is no failure.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
}))
