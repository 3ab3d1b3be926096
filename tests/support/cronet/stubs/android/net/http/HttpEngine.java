package android.net.http;

import android.content.Context;
import java.time.Instant;
import java.util.Set;
import pinsmith.Record;

public abstract class HttpEngine {
    public static class Builder {
        public Builder(Context context) {}

        public Builder addPublicKeyPins(
                String hostName, Set<byte[]> pinsSha256, boolean includeSubdomains, Instant expirationInstant) {
            Record.pins(hostName, pinsSha256, includeSubdomains, expirationInstant.toEpochMilli());
            return this;
        }

        public Builder setEnablePublicKeyPinningBypassForLocalTrustAnchors(boolean value) {
            Record.bypass(value);
            return this;
        }

        public HttpEngine build() {
            return new HttpEngine() {};
        }
    }
}
