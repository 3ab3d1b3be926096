import { Component, type ReactNode } from 'react'
import { Button } from './Button.tsx'

interface LoadBoundaryProps {
  readonly fallback: ReactNode
  readonly children: ReactNode
}

/** Keeps the rest of the page when a part of it cannot be loaded, for example since the connection is gone. */
export class LoadBoundary extends Component<LoadBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children
  }
}

/** What stands in the place of a tab that could not be loaded. */
export function LoadFailure() {
  return (
    <div role="alert">
      <p>This part of the page could not be loaded. Check your connection, then reload the page.</p>
      <Button onClick={() => window.location.reload()}>Reload</Button>
    </div>
  )
}
