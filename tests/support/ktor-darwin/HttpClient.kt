package io.ktor.client

import io.ktor.client.engine.darwin.Darwin
import io.ktor.client.engine.darwin.DarwinClientEngineConfig

class HttpClientConfig(val engineConfig: DarwinClientEngineConfig) {
    fun engine(block: DarwinClientEngineConfig.() -> Unit) = engineConfig.block()
}

/** Not Ktor's: what its engine was told. */
class HttpClient(val engineConfig: DarwinClientEngineConfig)

fun HttpClient(@Suppress("UNUSED_PARAMETER") engine: Darwin, block: HttpClientConfig.() -> Unit): HttpClient {
    val config = HttpClientConfig(DarwinClientEngineConfig())
    config.block()
    return HttpClient(config.engineConfig)
}
