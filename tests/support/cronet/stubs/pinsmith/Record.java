package pinsmith;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a builder was told, each a line with tabs between its parts. */
public final class Record {
    public static final List<String> lines = new ArrayList<>();

    public static void bypass(boolean value) {
        lines.add("bypass\t" + value);
    }

    public static void pins(String host, Set<byte[]> hashes, boolean includeSubdomains, long end) {
        java.net.IDN.toASCII(host, java.net.IDN.USE_STD3_ASCII_RULES);
        if (host.matches("[0-9.]*")) throw new IllegalArgumentException(host);
        Set<String> texts = new TreeSet<>();
        for (byte[] hash : hashes) {
            if (hash.length != 32) throw new IllegalArgumentException(hash.length + " bytes");
            texts.add(Base64.getEncoder().encodeToString(hash));
        }
        lines.add("pins\t" + host + "\t" + includeSubdomains + "\t" + end + "\t" + String.join(" ", texts));
    }
}
