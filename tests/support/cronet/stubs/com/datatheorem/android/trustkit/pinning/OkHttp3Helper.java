package com.datatheorem.android.trustkit.pinning;

import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Interceptor;

public class OkHttp3Helper {
    public static SSLSocketFactory getSSLSocketFactory() {
        throw new UnsupportedOperationException();
    }

    public static Interceptor getPinningInterceptor() {
        throw new UnsupportedOperationException();
    }

    public static X509TrustManager getTrustManager() {
        throw new UnsupportedOperationException();
    }
}
