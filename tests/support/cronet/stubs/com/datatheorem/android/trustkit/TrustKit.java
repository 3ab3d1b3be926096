package com.datatheorem.android.trustkit;

import android.content.Context;

public class TrustKit {
    public static synchronized TrustKit initializeWithNetworkSecurityConfiguration(Context context) {
        return new TrustKit();
    }
}
