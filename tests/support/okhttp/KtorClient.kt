package io.ktor.client

import okhttp3.OkHttpClient

abstract class HttpClientEngineConfig {
    /** Not Ktor's: what its engine would build for a request. */
    abstract fun client(): OkHttpClient
}

interface HttpClientEngineFactory<out T : HttpClientEngineConfig> {
    fun config(): T
}

class HttpClientConfig<T : HttpClientEngineConfig>(private val engineConfig: T) {
    fun engine(block: T.() -> Unit) = engineConfig.block()
}

class HttpClient(val okHttpClient: OkHttpClient)

fun <T : HttpClientEngineConfig> HttpClient(
    engineFactory: HttpClientEngineFactory<T>,
    block: HttpClientConfig<T>.() -> Unit = {}
): HttpClient {
    val engineConfig = engineFactory.config()
    HttpClientConfig(engineConfig).block()
    return HttpClient(engineConfig.client())
}
