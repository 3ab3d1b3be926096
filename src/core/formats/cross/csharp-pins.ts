import { csharpString, slashComment } from '../escape.ts'
import type { LeafPins } from '../leaf-pins.ts'
import { pinComment } from '../pin-comment.ts'

/**
 * Members of a static class: the table, the look-up and the constructor that fills the table. Statements, not one
 * expression: a compiler may not take a thousand hosts in one. C# 7, which Unity has too.
 */
export function pinTable(className: string, hosts: readonly LeafPins[]): string[] {
  return [
    ...LOOK_UP,
    '',
    `static ${className}()`,
    '{',
    ...hosts.flatMap(({ policy, pins }) => [
      '    Pin(',
      `        ${csharpString(policy.host)},`,
      `        ${policy.includeSubdomains},`,
      ...pins.flatMap((pin, index) => [
        `        ${slashComment(pinComment(pin))}`,
        `        ${csharpString(pin.pin)}${index === pins.length - 1 ? ');' : ','}`,
      ]),
    ]),
    '}',
  ]
}

const LOOK_UP: readonly string[] = [
  'private static readonly Dictionary<string, HashSet<string>> Hosts = new Dictionary<string, HashSet<string>>();',
  'private static readonly Dictionary<string, HashSet<string>> Parents = new Dictionary<string, HashSet<string>>();',
  '',
  'private static void Pin(string host, bool includesSubdomains, params string[] pins)',
  '{',
  '    Hosts[host] = new HashSet<string>(pins);',
  '    if (includesSubdomains) Parents[host] = Hosts[host];',
  '}',
  '',
  '// The host itself, else the nearest parent that includes its sub-domains.',
  'private static bool TryFindPins(string host, out HashSet<string> pins)',
  '{',
  "    string name = host.ToLowerInvariant().TrimEnd('.');",
  '    if (Hosts.TryGetValue(name, out pins)) return true;',
  "    for (int dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', dot + 1))",
  '    {',
  '        if (Parents.TryGetValue(name.Substring(dot + 1), out pins)) return true;',
  '    }',
  '    return false;',
  '}',
]

/** Lines a level deeper; empty ones stay empty. */
export function indented(lines: readonly string[], depth: number): string[] {
  return lines.map((line) => (line === '' ? '' : `${'    '.repeat(depth)}${line}`))
}
