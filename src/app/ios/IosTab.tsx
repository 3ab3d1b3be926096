import { PlatformTab } from '../shared/PlatformTab.tsx'

export function IosTab() {
  return <PlatformTab platform="ios" name="iOS" />
}
