import { PlatformTab } from '../shared/PlatformTab.tsx'

export function IosTab({ chosenId }: { readonly chosenId: string | null }) {
  return <PlatformTab platform="ios" name="iOS" chosenId={chosenId} />
}
