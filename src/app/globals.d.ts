/** The version in package.json, written in by the build. */
declare const __PINSMITH_VERSION__: string
