import { certificateName } from '../../../core/certificate/certificate.ts'
import { daysAhead } from '../../../core/formats/expiration.ts'
import type {
  AndroidOpening,
  Incident,
  IncidentHost,
  IosHelp,
  PinnedLeafKey,
  PinnedAuthority,
  JudgedChain,
} from '../../../core/incident/incident.ts'
import { isoDay, type Instant } from '../../../core/instant.ts'
import { endText } from '../../../core/risks/ended-ca-text.ts'
import { dayInWords, inDays } from '../../../core/wording/wording.ts'
import { backupKeyName } from '../../key-names.ts'
import { listOf, named, says, type ChecklistItem, type ChecklistStep } from './checklist.ts'

export const CHECKLIST_TITLE = 'The pins already broke: what to do'

/** The steps for the hosts of a project; without any, those that hold for everybody. */
export function incidentSteps(incident: Incident, now: Instant): readonly ChecklistStep[] {
  return [
    findOut(incident),
    serve(incident),
    askTheCa(incident),
    shipAnUpdate(incident, now),
    tellUsers(),
    afterwards(incident),
  ]
}

function item(id: string, text: ChecklistItem['text']): ChecklistItem {
  return { id, text }
}

function findOut({ hosts, leftOut }: Incident): ChecklistStep {
  return {
    id: 'find-out',
    title: 'Find out which pins shipped',
    intro:
      'Go by the released apps and not by the newest state of the code. Each version that people still use has pins of its own.',
    items: [
      item(
        'find-out-scope',
        says`Note since when it fails, on which platforms, versions and networks. One network alone points to a proxy that inspects TLS, not to your pins.`,
      ),
      item(
        'find-out-android',
        says`Android: read the network security configuration of each released version, and its OkHttp or TrustKit pins.`,
      ),
      item(
        'find-out-ios',
        says`iOS: read NSPinnedDomains in the released Info.plist, and the pins of TrustKit, Alamofire or a delegate.`,
      ),
      ...(hosts.length === 0
        ? [
            item(
              'find-out-enter',
              says`Enter them here: in Config add each host, and its pins under “Add ready pins”. This list then says what can still be served for each.`,
            ),
          ]
        : [
            ...alike(hosts, ({ pins }) => pins.join(' ')).map(comparison),
            item(
              'find-out-correct',
              says`Where they differ from what shipped, correct them in Config, since all that follows goes by them.`,
            ),
          ]),
      ...alike(leftOut, () => '').map((without) =>
        item(`find-out-${without[0].host}`, [
          ...says`Add the pins that shipped for `,
          ...namesOf(without),
          ...says` in Config: this project has none.`,
        ]),
      ),
    ],
  }
}

type Several<Item> = readonly [Item, ...Item[]]

/** Those that have the same key together, in the order of the first of each, so that nobody reads the same 40 times. */
function alike<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Several<Item>[] {
  const groups = new Map<string, [Item, ...Item[]]>()
  for (const one of items) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return [...groups.values()]
}

function namesOf(hosts: readonly { readonly host: string }[]): ChecklistItem['text'] {
  return listOf(hosts.map(({ host }) => named(host)))
}

function comparison(hosts: Several<IncidentHost>): ChecklistItem {
  const [{ host, pins }] = hosts
  return item(`find-out-${host}`, [
    ...says`Compare with this project: for `,
    ...namesOf(hosts),
    ...says` it has the ${pins.length === 1 ? 'pin' : `${pins.length} pins`} `,
    ...listOf(pins.map(named)),
    ...says`.`,
  ])
}

function serve({ hosts }: Incident): ChecklistStep {
  return {
    id: 'serve',
    title: 'Serve a key or a chain that is pinned',
    intro:
      'This is the quickest repair, because nobody has to install anything. Take the first line that works for each host. Never put a stolen key back.',
    items: [
      ...alike(
        hosts.map((of) => ({ host: of.host, ways: waysToServe(of) })),
        ({ ways }) => JSON.stringify(ways),
      ).flatMap(serveHosts),
      ...(hosts.length === 0
        ? [
            item('serve-old', says`Put the old key back, with its old certificate or a new one for the same key.`),
            item('serve-backup', says`Or take the backup key: have it certified and install it.`),
            item('serve-chain', says`Or, where a CA is pinned, serve a chain that runs through it: step 3.`),
          ]
        : []),
      item(
        'serve-everywhere',
        says`Change every server, region and CDN that answers for the name, for RSA and for ECDSA.`,
      ),
      item(
        'serve-test',
        says`Test with a released app on the oldest and the newest system, then fetch the live chain again.`,
      ),
    ],
  }
}

function serveHosts(group: Several<{ readonly host: string; readonly ways: readonly ChecklistItem[] }>) {
  const [{ host, ways }] = group
  return ways.map(({ id, text }) => item(`serve-${host}-${id}`, [...namesOf(group), ...says`: `, ...text]))
}

/** What is to be said of a host behind its name. */
function waysToServe(incidentHost: IncidentHost): readonly ChecklistItem[] {
  const { certifier, iosLists, leafKeys, unknownPins, keylessPins, presented } = incidentHost
  const authorities = incidentHost.authorities.filter(mayHelp)
  const items = [
    ...presented.filter(({ isServed }) => isServed).map(presentedItem),
    ...leafKeys.toSorted((one, other) => rankOf(one) - rankOf(other)).map((key) => leafKeyItem(key, certifier)),
    ...(authorities.length > 0
      ? [
          item('authorities', [
            ...says`serve a chain through `,
            ...listOf(authorities.map(authorityName)),
            ...says`, of which step 3 tells more.`,
          ]),
        ]
      : []),
    ...unknownPins.map((pin) =>
      item(
        pin,
        says`find out what ${named(pin)} is of. Compare it with the keys that you have and with the CAs of your old chains, and say it in Config.`,
      ),
    ),
    ...keylessPins.map((pin) =>
      item(
        pin,
        says`nothing can be served for ${named(pin)}. It is a placeholder, an example or the hash of something else, and no key has it.`,
      ),
    ),
  ]
  return iosLists === 'both'
    ? [
        ...items,
        item(
          'both',
          says`on iOS a leaf key and a CA are both asked for, so a pinned key has to come with a certificate of a pinned CA.`,
        ),
      ]
    : items
}

const ON_ANDROID: Readonly<Record<JudgedChain['android'], string>> = {
  matches: 'With Android and OkHttp it matches a pin',
  'some-paths': 'With Android and OkHttp it matches on some of the paths that devices build, and not on all',
  'no-match': 'With Android and OkHttp it matches no pin',
}

const ON_IOS: Readonly<Record<JudgedChain['ios'], string>> = {
  matches: 'on iOS it has what Info.plist asks for',
  'no-match': 'on iOS it does not have what Info.plist asks for',
  'not-pinned': 'on iOS nothing is pinned for it',
}

function presentedItem({ leaf, android, ios }: JudgedChain, index: number): ChecklistItem {
  return item(
    `presented-${index}`,
    says`when it was fetched here, the server presented ${named(certificateName(leaf))}. ${ON_ANDROID[android]}; ${ON_IOS[ios]}.`,
  )
}

/** Whether a chain through it may be had, as far as that is known. */
function mayHelp({ isOwn, canIssue }: PinnedAuthority): boolean {
  return isOwn || canIssue === 'yes' || canIssue === 'unknown'
}

/** What can be put back at once comes first. */
function rankOf({ from }: PinnedLeafKey): number {
  if (from.kind === 'certificate') return from.usable ? 0 : 2
  if (from.kind === 'typed') return 3
  return from.canBeCertified ? 1 : 4
}

function leafKeyItem({ pin, ios, from }: PinnedLeafKey, certifier: IncidentHost['certifier']): ChecklistItem {
  const who = certifier === 'any' ? 'any CA' : 'your own CA'
  const help = helpWords(ios)
  switch (from.kind) {
    case 'certificate':
      return from.usable
        ? item(
            pin,
            says`put the certificate ${named(certificateName(from.usable))} back with its private key; it is valid until ${day(from.usable.notAfter)} and its key ${named(pin)} is pinned. ${help}`,
          )
        : item(
            pin,
            says`have the key of ${named(certificateName(from.latest))} certified again, by ${who}; its pin is ${named(pin)}. No certificate for it that is known here is valid there today. ${help}`,
          )
    case 'reserve':
      if (!from.canBeCertified) {
        return item(
          pin,
          says`the backup, the ${named(backupKeyName(from.key))}, is no help: no CA certifies a key of its kind for phones. Its pin is ${named(pin)}.`,
        )
      }
      return item(
        pin,
        says`take the backup, the ${named(backupKeyName(from.key))}. Have it certified, by ${who}, and install it; its pin is ${named(pin)}. ${help}`,
      )
    case 'typed':
      return item(
        pin,
        says`look for the private key of the pin ${named(pin)}, on old servers and in backups. It can be certified by ${who}. ${help}`,
      )
  }
}

function helpWords(ios: IosHelp): string {
  switch (ios) {
    case 'enough':
      return 'That is enough on Android and on iOS.'
    case 'beside-other-list':
      return 'That is enough on Android; iOS asks for a CA of its list as well.'
    case 'not-listed':
      return 'That is enough on Android and with OkHttp; the Info.plist of this project does not have this pin.'
  }
}

function authorityName({ name, pin }: PinnedAuthority) {
  return named(name ?? pin)
}

function askTheCa({ hosts }: Incident): ChecklistStep {
  const asked = new Map<string, { readonly authority: PinnedAuthority; readonly hosts: string[] }>()
  for (const { host, authorities } of hosts) {
    for (const authority of authorities) {
      const before = asked.get(authority.pin)
      if (before) before.hosts.push(host)
      else asked.set(authority.pin, { authority, hosts: [host] })
    }
  }
  return {
    id: 'ask-the-ca',
    title: 'Ask the CA',
    intro:
      'A CA may be able to issue from the intermediate or root that you pinned, for a while or as an exception. It may also refuse. Ask at once: your account’s support, by telephone.',
    items: [
      ...Array.from(asked.values(), ({ authority, hosts: forHosts }) =>
        item(`ask-${authority.pin}`, authorityText(authority, forHosts)),
      ),
      item(
        'ask-what',
        says`Say which chain you need, by the name of the CA certificate and its pin; which names and which key; and for how long.`,
      ),
      item(
        'ask-key',
        says`Where a leaf key is pinned, ask for a certificate of that very key. Send a request made with it; the CA must not make a new one.`,
      ),
      item(
        'ask-provider',
        says`Behind a CDN or a cloud, ask the provider. Most let you upload a certificate of your own, and then the chain is yours to choose.`,
      ),
    ],
  }
}

function authorityText(authority: PinnedAuthority, hosts: readonly string[]): ChecklistItem['text'] {
  const { family, isOwn, canIssue, ends, ios, over } = authority
  const name = authorityName(authority)
  const forHosts = listOf(hosts.map(named))
  if (isOwn) {
    return [
      ...says`${name} is a CA of your own or of your company. Have it issue a certificate for `,
      ...forHosts,
      ...says`.`,
    ]
  }
  if (canIssue === 'ended') {
    return [
      ...says`${name} is no help for `,
      ...forHosts,
      ...says`: its certificate that is known here ended${ends === null ? '' : ` on ${day(ends)}`}. Ask whether the CA has another one for the same key.`,
    ]
  }
  if (canIssue === 'closed') {
    return [
      ...says`${name} is no help for `,
      ...forHosts,
      ...says`: ${family?.name ?? 'its operator'} issues no new public certificates from its own roots.`,
    ]
  }
  if (canIssue === 'over') {
    return [...says`${name} is no help for `, ...forHosts, ...says`.${over.android ? ` ${endText(over.android)}` : ''}`]
  }
  const who = family ? `Ask ${family.name}` : 'Ask its operator'
  const also = ios === 'beside-other-list' ? ' On iOS a pinned leaf key is asked for as well.' : ''
  return [
    ...says`${who} for a chain that runs through ${name}, for `,
    ...forHosts,
    ...says`.${canIssue === 'unknown' ? ' Only its pin is known here; look for its certificate first.' : ''}${also}${againstText(over)}`,
  ]
}

/** Of a CA that is over on the phones of one platform alone. */
function againstText({ android, ios }: PinnedAuthority['over']): string {
  if (android !== null) return ` It is no help on Android. ${endText(android)}`
  return ios === null ? '' : ` It is no help on iOS. ${endText(ios)}`
}

function shipAnUpdate({ hosts }: Incident, now: Instant): ChecklistStep {
  return {
    id: 'update',
    title: 'Ship an update, and know what opens by itself',
    intro:
      'An update is needed even when the server was mended, since the pins in the app are still the old ones. It takes days or weeks to reach everybody.',
    items: [
      ...openingItems(hosts, now),
      item(
        'update-never',
        says`Pins of Info.plist and in OkHttp have no end: installed versions stay cut off until the server presents a pinned key or the user updates. Pins of TrustKit end on their TSKExpirationDate, where the app set one.`,
      ),
      item(
        'update-pins',
        says`Put in the keys that are now in service, and a backup. Keep what the server must show older versions meanwhile.`,
      ),
      item(
        'update-release',
        says`Ask the stores for an expedited review, and release to everybody at once rather than in stages.`,
      ),
      item(
        'update-reach',
        says`Do not rely on a message or a forced update that itself comes over the pinned hosts: it will not arrive.`,
      ),
    ],
  }
}

function openingItems(hosts: readonly IncidentHost[], now: Instant): readonly ChecklistItem[] {
  if (hosts.length === 0) {
    return [
      item(
        'update-opening',
        says`Look for expiration in the Android configuration that shipped. From 00:00 of that day on, by the device’s own clock and time zone, those versions connect again, without pins. Without it they never do.`,
      ),
    ]
  }
  return alike(hosts, openingKey).map((group) => {
    const [first] = group
    return item(`update-opening-${openingKey(first)}`, [
      ...says`Android, as this project has it: `,
      ...namesOf(group),
      ...openingText(first.opening, now),
    ])
  })
}

function openingKey({ opening }: IncidentHost): string {
  return 'date' in opening ? opening.date : opening.kind
}

function openingText(opening: AndroidOpening, now: Instant): ChecklistItem['text'] {
  switch (opening.kind) {
    case 'never':
      return says` never opens by itself: no expiration is set. If a version shipped with one, that counts.`
    case 'unknown':
      return says` has no date that can be told here. Look into the file that shipped.`
    case 'waiting':
      return says` opens on ${dayInWords(opening.date)}, ${inDays(daysAhead(opening, now))}, at 00:00 by each device’s own clock: first on ${moment(opening.from)}, everywhere by ${moment(opening.until)}. From then on it connects without pins.`
    case 'under-way':
      return says` is opening now: ${dayInWords(opening.date)} has begun in some time zones, and has everywhere by ${moment(opening.until)}. From then on it connects without pins.`
    case 'open':
      return says` is open since ${dayInWords(opening.date)}: its pins are no longer enforced. What still fails there has another cause.`
  }
}

function tellUsers(): ChecklistStep {
  return {
    id: 'tell',
    title: 'Tell your users',
    intro: 'They see an app that does not connect. What they do next depends on what they are told.',
    items: [
      item(
        'tell-where',
        says`Use places that the pins do not reach: the store’s description, your website, mail, a status page on another host.`,
      ),
      item(
        'tell-what',
        says`Say that the app cannot connect since when, that nothing of theirs is lost, that an update is coming or is there, and where to do urgent things meanwhile.`,
      ),
      item(
        'tell-not',
        says`Do not tell them to change the date of the device, to install a certificate or to delete the app. The first breaks other connections, the second opens the device to attacks, the third may lose data.`,
      ),
      item('tell-support', says`Give your support the same sentences, with the versions and the day.`),
    ],
  }
}

function afterwards({ hosts }: Incident): ChecklistStep {
  return {
    id: 'afterwards',
    title: 'Afterwards',
    intro: 'So that it does not happen again.',
    items: [
      ...alike(
        hosts.filter(({ isWithoutBackup }) => isWithoutBackup),
        () => '',
      ).map((without) =>
        item(`afterwards-${without[0].host}`, [
          ...says`Give `,
          ...namesOf(without),
          ...(without.length === 1
            ? says` a backup: one change on the server can take all its pins of this project away.`
            : says` a backup each: one change on the server can take all pins away that this project has for it.`),
        ]),
      ),
      item(
        'afterwards-backup',
        says`Pin a key that is not in service, kept offline, and the roots of a second CA where CAs are pinned.`,
      ),
      item(
        'afterwards-monitor',
        says`Watch from outside: compare what every host presents with the pins of every released version, each day, and raise an alarm on the first difference.`,
      ),
      item(
        'afterwards-record',
        says`Keep a list of what shipped in which version, and until when that version counts as supported.`,
      ),
      item(
        'afterwards-renewal',
        says`Tell whoever renews certificates which keys are pinned. Most outages begin with a renewal that made a new key.`,
      ),
      item(
        'afterwards-expiration',
        says`Decide anew about an expiration on Android, and whether pinning is worth what it cost.`,
      ),
    ],
  }
}

function day(instant: Instant): string {
  return dayInWords(isoDay(instant))
}

/** A day and an hour in UTC. */
function moment(instant: Instant): string {
  return `${day(instant)}, ${new Date(instant).toISOString().slice(11, 16)} UTC`
}
