import type { ComponentProps } from 'react'
import styles from './Button.module.css'

type Variant = 'primary' | 'secondary' | 'quiet'

/** The one button of the product. */
export function Button({
  variant = 'secondary',
  className = '',
  ...rest
}: ComponentProps<'button'> & { readonly variant?: Variant }) {
  return <button type="button" className={`${styles.button} ${styles[variant]} ${className}`} {...rest} />
}
