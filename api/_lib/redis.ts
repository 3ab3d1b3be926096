export type RedisClient = ReturnType<(typeof import('@redis/client'))['createClient']>

/** One connection to a Redis, which is made, and made again, in the background. */
export interface Redis {
  /** Null when the connection was closed before. */
  readonly client: Promise<RedisClient | null>
  /** The client, while it is connected. */
  readonly connected: () => RedisClient | null
  /** Hangs up, so that the process can end. */
  readonly close: () => void
}

const CONNECT_MILLISECONDS = 2000
const PING_MILLISECONDS = 1000
/** A connection that brings no answer to a ping for so long is dead. */
const SILENCE_MILLISECONDS = 3000
const LONGEST_RECONNECT_MILLISECONDS = 2000

/** Never fails: while there is no connection, each instance must do without. */
export function connectToRedis(url: string): Redis {
  let made: RedisClient | null = null
  let isClosed = false

  const make = async (): Promise<RedisClient | null> => {
    // Loaded here, because most servers have no Redis.
    const { createClient } = await import('@redis/client')
    if (isClosed) return null
    made = createClient({
      url,
      disableOfflineQueue: true,
      pingInterval: PING_MILLISECONDS,
      socket: {
        connectTimeout: CONNECT_MILLISECONDS,
        socketTimeout: SILENCE_MILLISECONDS,
        reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, LONGEST_RECONNECT_MILLISECONDS),
      },
    })
    // The client goes on trying, and health says that it has to.
    made.on('error', () => {})
    void made.connect().catch(() => {})
    return made
  }
  const client = make()

  return {
    client,
    connected: () => (made?.isReady === true ? made : null),
    close: () => {
      isClosed = true
      if (made?.isOpen === true) made.destroy()
    },
  }
}
