// As much of Ktor's client as the output names, with Ktor's own signatures; no Debian package has it.

package io.ktor.client.engine.okhttp

import io.ktor.client.HttpClientEngineConfig
import io.ktor.client.HttpClientEngineFactory
import okhttp3.OkHttpClient

class OkHttpConfig : HttpClientEngineConfig() {
    private var config: OkHttpClient.Builder.() -> Unit = {}

    fun config(block: OkHttpClient.Builder.() -> Unit) {
        val before = config
        config = {
            before()
            block()
        }
    }

    override fun client(): OkHttpClient = OkHttpClient.Builder().apply(config).build()
}

object OkHttp : HttpClientEngineFactory<OkHttpConfig> {
    override fun config() = OkHttpConfig()
}
