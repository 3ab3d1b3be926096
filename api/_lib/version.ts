/** As in `package.json`, which a deployed function may not have beside it; a test holds the two together. */
export const VERSION = '0.1.0'
