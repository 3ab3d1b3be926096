export type Log = (line: string) => void

/** For the operator who wants to know which hosts were asked for; without `PINSMITH_LOG_HOSTS=1` nothing comes here. */
export const logToStandardOutput: Log = (line) => {
  process.stdout.write(`${line}\n`)
}
