package org.chromium.net;

import java.util.Date;
import java.util.Set;
import pinsmith.Record;

public abstract class CronetEngine {
    public static class Builder {
        public Builder addPublicKeyPins(
                String hostName, Set<byte[]> pinsSha256, boolean includeSubdomains, Date expirationDate) {
            Record.pins(hostName, pinsSha256, includeSubdomains, expirationDate.getTime());
            return this;
        }

        public Builder enablePublicKeyPinningBypassForLocalTrustAnchors(boolean value) {
            Record.bypass(value);
            return this;
        }

        public CronetEngine build() {
            return new CronetEngine() {};
        }
    }
}
