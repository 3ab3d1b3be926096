import { PlatformTab } from '../shared/PlatformTab.tsx'

export function AndroidTab({ chosenId }: { readonly chosenId: string | null }) {
  return <PlatformTab platform="android" name="Android" chosenId={chosenId} />
}
