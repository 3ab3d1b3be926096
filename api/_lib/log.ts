/** Without the message, which could name the host that somebody asked about. */
export function reportBug(error: Error): void {
  const places = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  process.stderr.write(`${[`Unexpected ${error.name}`, ...places].join('\n')}\n`)
}

export type Log = (line: string) => void

/** For the operator who wants to know which hosts were asked for; without `PINSMITH_LOG_HOSTS=1` nothing comes here. */
export const logToStandardOutput: Log = (line) => {
  process.stdout.write(`${line}\n`)
}
