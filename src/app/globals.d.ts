/** The version in package.json, written in by the build. */
declare const __PINSMITH_VERSION__: string
/** The day of the bundled root stores' data, `yyyy-MM-dd`, written in by the build. */
declare const __PINSMITH_ROOT_STORE_DATE__: string
