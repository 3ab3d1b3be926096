import type { FaqBlock } from './faq-answer.ts'
import styles from './FaqTab.module.css'
import { InlineText } from './InlineText.tsx'

export function FaqBlockView({ block }: { readonly block: FaqBlock }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <InlineText text={block.text} />
        </p>
      )
    case 'code':
      return (
        <pre className={styles.code}>
          <code>{block.text}</code>
        </pre>
      )
    case 'link':
      return (
        <p>
          <a href={`#faq/${block.to}`}>{block.text}</a>
        </p>
      )
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List>
          {block.items.map((item) => (
            <li key={item}>
              <InlineText text={item} />
            </li>
          ))}
        </List>
      )
    }
    case 'table':
      return (
        <table className={styles.table}>
          <caption>
            <InlineText text={block.caption} />
          </caption>
          <thead>
            <tr>
              {block.head.map((cell) => (
                <th key={cell} scope="col">
                  <InlineText text={cell} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map(([heading = '', ...cells]) => (
              <tr key={heading}>
                <th scope="row">
                  <InlineText text={heading} />
                </th>
                {cells.map((cell, column) => (
                  <td key={block.head[column + 1] ?? column}>
                    <InlineText text={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
  }
}
