import { PlatformTab } from '../shared/PlatformTab.tsx'

export function AndroidTab() {
  return <PlatformTab platform="android" name="Android" />
}
