import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Asks OkHttp itself. One question for each line of the input, its parts apart by tabs; one line of answer. */
public final class Judge {
    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] parts = line.split("\t", -1);
            String answer;
            switch (arguments[0]) {
                case "pins":
                    answer = pins(client(parts[0]).certificatePinner(), parts[1]);
                    break;
                case "pattern":
                    answer = pattern(parts[0], parts[1], parts[2]);
                    break;
                case "connect":
                    answer = connect(client(parts[0]), parts[1], Integer.parseInt(parts[2]), arguments[1]);
                    break;
                default:
                    throw new IllegalArgumentException(arguments[0]);
            }
            System.out.println(answer);
        }
    }

    /** The client that the usage beside the pins builds. */
    private static OkHttpClient client(String packageName) throws Exception {
        return (OkHttpClient) Class.forName(packageName + ".Usage").getMethod("client").invoke(null);
    }

    /** Those of all patterns that match a host. The method is not public in every version. */
    private static String pins(CertificatePinner pinner, String host) throws Exception {
        Method find = CertificatePinner.class.getDeclaredMethod("findMatchingPins", String.class);
        find.setAccessible(true);
        List<String> pins = new ArrayList<>();
        for (Object pin : (List<?>) find.invoke(pinner, host)) pins.add(pin.toString());
        Collections.sort(pins);
        return String.join(" ", pins);
    }

    private static String pattern(String pattern, String pin, String host) throws Exception {
        try {
            return pins(new CertificatePinner.Builder().add(pattern, pin).build(), host);
        } catch (IllegalArgumentException refusal) {
            return "refused";
        }
    }

    /** Thrown when there is a connection that a request could be sent on: the server is none that would answer. */
    private static final class Connected extends IOException {}

    /** A real handshake: the host's name leads to this machine, and one root is trusted. */
    private static String connect(OkHttpClient client, String host, int port, String root) throws Exception {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        try (InputStream file = new FileInputStream(root)) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(file);
            roots.setCertificateEntry("root", certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        OkHttpClient here = client.newBuilder()
                .dns(name -> Collections.singletonList(InetAddress.getLoopbackAddress()))
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(chain -> {
                    throw new Connected();
                })
                .sslSocketFactory(context.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0])
                .build();
        Request request = new Request.Builder().url("https://" + host + ":" + port + "/").build();
        try (Response response = here.newCall(request).execute()) {
            return "answered";
        } catch (Connected connected) {
            return "connected";
        } catch (SSLPeerUnverifiedException refusal) {
            return refusal.getMessage().startsWith("Certificate pinning failure!") ? "pins missed" : refusal.toString();
        } catch (IOException problem) {
            return problem.toString();
        }
    }
}
