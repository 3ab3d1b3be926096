declare module 'prismjs/components/prism-core.js' {
  export { default } from 'prismjs'
}
declare module 'prismjs/components/prism-markup.js'
