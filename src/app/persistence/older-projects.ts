/**
 * Turns the wire form of an older version into the one of today, step by step; `saved-project.ts` then checks it as if
 * it had been written today. Whatever is no older project is given back as it is.
 */
export function upgraded(value: unknown): unknown {
  return isRecord(value) && value['version'] === 1 ? fromVersion1(value) : value
}

/** Version 2 knows keys without a certificate, pins that were typed, and what a host presented at each address. */
function fromVersion1(project: Fields): Fields {
  return {
    ...project,
    version: 2,
    rows: each(project['rows'], (row) => ({
      ...row,
      backupKeys: [],
      typedPins: [],
      sources: each(row['sources'], (source) => ({
        ...source,
        ...(isRecord(source['held']) ? { held: heldFromVersion1(source['held']) } : {}),
        ...(isRecord(source['failure']) ? { failure: failureFromVersion1(source['failure']) } : {}),
      })),
    })),
  }
}

function heldFromVersion1(held: Fields): Fields {
  return { ...held, keys: [], ignored: each(held['ignored'], ({ format, ...block }) => ({ ...block, kind: format })) }
}

function failureFromVersion1(failure: Fields): Fields {
  return failure['kind'] === 'private-key-given' ? { ...failure, pin: null } : failure
}

type Fields = Readonly<Record<string, unknown>>

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function each(list: unknown, change: (item: Fields) => Fields): unknown {
  return Array.isArray(list) ? list.map((item: unknown) => (isRecord(item) ? change(item) : item)) : list
}
