/**
 * Path building on devices as a model: Android's recursion step by step (Conscrypt's `TrustManagerImpl`, platforms.md
 * A.5) and Apple's search over everything (B.2), run once for each order and each answer that nobody can know. Written
 * from those sources and deliberately without a look at the core, so that the two can disagree.
 */

/** A certificate as a builder of paths sees it. */
export interface MeshCertificate {
  readonly id: string
  readonly subject: string
  readonly issuer: string
  readonly key: string
  /** The key that signed it. */
  readonly signedBy: string
  readonly isValidToday: boolean
  readonly maySign: boolean
  /** `unknown`: whoever looks cannot compute it, the device can. */
  readonly signature: 'good' | 'unknown'
  readonly isSent: boolean
  /** In which stores it is a root; null for no root of a store. */
  readonly store: { readonly android: 'all' | 'some-releases' | 'none'; readonly apple: boolean } | null
}

export interface Mesh {
  readonly leaf: MeshCertificate
  /** Without the leaf. */
  readonly others: readonly MeshCertificate[]
}

/** What a device does over all that nobody can know: each path that it may take, as ids joined by spaces. */
export interface Outcomes {
  readonly paths: ReadonlySet<string>
  /** `always`: whatever the order and the answers. */
  readonly trusts: 'always' | 'sometimes' | 'never'
  readonly connects: 'always' | 'sometimes' | 'never'
}

type Path = readonly MeshCertificate[]

/** One answer to all that is not known: the ids of the certificates for which it is a yes. */
type Answers = ReadonlySet<string>

/** Android: the first valid path is taken, then held against the pins. */
export function androidOutcomes(mesh: Mesh, pins: ReadonlySet<string>): Outcomes {
  const paths = new Set<string>()
  const results: { readonly trusts: boolean; readonly connects: boolean }[] = []
  const sent = mesh.others.filter(({ isSent }) => isSent)
  const roots = mesh.others.filter(({ store }) => store !== null && store.android !== 'none')
  for (const answers of answersTo(mesh, ({ store }) => store?.android === 'some-releases')) {
    const inStore = roots.filter(({ id, store }) => store?.android === 'all' || answers.has(id))
    for (const sentInOrder of permutations(sent)) {
      for (const storeInOrder of permutations(inStore)) {
        const path = firstValidPath([mesh.leaf], sentInOrder, storeInOrder, answers)
        if (path) paths.add(nameOf(path))
        results.push({ trusts: path !== null, connects: path?.some(({ key }) => pins.has(key)) ?? false })
      }
    }
  }
  return { paths, trusts: often(results.map(({ trusts }) => trusts)), connects: often(results.map((r) => r.connects)) }
}

/** Apple: any valid path that meets both lists will do; a certificate that was not sent may be had or not. */
export function appleOutcomes(
  mesh: Mesh,
  leafPins: ReadonlySet<string> | null,
  caPins: ReadonlySet<string> | null,
): Outcomes {
  const paths = new Set<string>()
  const results: { readonly trusts: boolean; readonly connects: boolean }[] = []
  for (const answers of answersTo(mesh, isFetched)) {
    const atHand = mesh.others.filter((one) => !isFetched(one) || answers.has(one.id))
    const valid = everyPath([mesh.leaf], atHand).filter(
      (path) => path.at(-1)?.store?.apple === true && path.every((one) => one.isValidToday) && holds(path, answers),
    )
    for (const path of valid) paths.add(nameOf(path))
    const isMet = (path: Path) =>
      (leafPins === null || path.slice(0, 1).some(({ key }) => leafPins.has(key))) &&
      (caPins === null || path.slice(1).some(({ key }) => caPins.has(key)))
    results.push({ trusts: valid.length > 0, connects: valid.some(isMet) })
  }
  return { paths, trusts: often(results.map(({ trusts }) => trusts)), connects: often(results.map((r) => r.connects)) }
}

function isFetched({ isSent, store }: MeshCertificate): boolean {
  return !isSent && store === null
}

/** Every path over certificates that certify each other, from the leaf to whatever issued itself. */
export function everyPath(below: Path, certificates: readonly MeshCertificate[]): readonly Path[] {
  const top = below.at(-1)
  if (!top) return []
  if (top.issuer === top.subject) return [below]
  return certificates
    .filter((one) => !below.includes(one) && one.subject === top.issuer && one.key === top.signedBy)
    .flatMap((one) => everyPath([...below, one], certificates))
}

/** `checkTrustedRecursive`; null for its exception. */
function firstValidPath(
  untrusted: Path,
  sent: readonly MeshCertificate[],
  store: readonly MeshCertificate[],
  answers: Answers,
): Path | null {
  const current = untrusted.at(-1)
  if (!current || current.issuer === current.subject) return null
  for (const anchor of store) {
    if (anchor.subject !== current.issuer || anchor.key !== current.signedBy) continue
    const path = [...untrusted, anchor]
    if (untrusted.every((one) => one.isValidToday) && holds(path, answers)) return path
  }
  for (const candidate of sent) {
    if (untrusted.includes(candidate) || candidate.subject !== current.issuer || !candidate.isValidToday) continue
    const path = firstValidPath([...untrusted, candidate], sent, store, answers)
    if (path) return path
  }
  return null
}

/** Signatures, and CAs that may sign. */
function holds(path: Path, answers: Answers): boolean {
  return path.every((one, index) => {
    const above = path[index + 1]
    const isSigned = above === undefined || (one.signedBy === above.key && isGood(one, answers))
    return isSigned && (index === 0 || one.maySign)
  })
}

function isGood({ id, signature }: MeshCertificate, answers: Answers): boolean {
  return signature === 'good' || answers.has(`signature of ${id}`)
}

function answersTo({ leaf, others }: Mesh, isOpen: (one: MeshCertificate) => boolean): readonly Answers[] {
  const questions = [
    ...others.filter(isOpen).map(({ id }) => id),
    ...[leaf, ...others].filter(({ signature }) => signature === 'unknown').map(({ id }) => `signature of ${id}`),
  ]
  return questions.reduce<readonly Answers[]>(
    (sets, question) => sets.flatMap((set) => [set, new Set([...set, question])]),
    [new Set()],
  )
}

function permutations<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item].concat(rest)))
}

function often(answers: readonly boolean[]): Outcomes['trusts'] {
  if (answers.every(Boolean)) return 'always'
  return answers.some(Boolean) ? 'sometimes' : 'never'
}

function nameOf(path: Path): string {
  return path.map(({ id }) => id).join(' ')
}
