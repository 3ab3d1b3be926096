package org.chromium.net;

import android.content.Context;
import java.util.ArrayList;
import java.util.List;
import pinsmith.Record;

public abstract class CronetProvider {
    public static final String PROVIDER_NAME_FALLBACK = "Fallback-Cronet-Provider";

    /** Not Cronet's: what the device has, each as `name enabled`. */
    public static String[] installed = {};

    public abstract CronetEngine.Builder createBuilder();

    public abstract String getName();

    public abstract boolean isEnabled();

    public static List<CronetProvider> getAllProviders(Context context) {
        List<CronetProvider> providers = new ArrayList<>();
        for (String one : installed) {
            String[] parts = one.split(" ");
            providers.add(new CronetProvider() {
                public CronetEngine.Builder createBuilder() {
                    Record.lines.add("provider\t" + parts[0]);
                    return new CronetEngine.Builder();
                }

                public String getName() {
                    return parts[0];
                }

                public boolean isEnabled() {
                    return parts[1].equals("true");
                }
            });
        }
        return providers;
    }
}
