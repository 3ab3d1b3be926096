import { sameKeyRenewals, sameKeyText } from '../../../core/review/same-key-renewals.ts'
import { hostOf, type Row } from '../../row.ts'
import { useReport } from '../../store-context.tsx'

/** Says of a domain’s certificates that one was renewed for the same key. */
export function KeptKeyNotes({ row }: { readonly row: Row }) {
  const { plan, rows, now } = useReport()
  const host = hostOf(row)
  if (!host.ok) return null
  const ofHost = rows.filter(({ hostRule }) => hostRule?.host === host.value.host)
  return sameKeyRenewals(plan, ofHost).map((kept) => <p key={kept.newer.pin}>{sameKeyText(kept, now)}</p>)
}
