package dev.switchback.step.http;

import dev.switchback.step.Outbound;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * Where a request really goes: to the very address that {@link Outbound} was asked about. Without encryption the URL gets
 * that address and the {@code Host} header the name, so that the name is not looked up a second time and cannot lead
 * elsewhere. With encryption the name stays: a service at another address has no certificate for it and gets nothing.
 *
 * @param address where to connect
 * @param host the {@code Host} header, when it has to be said
 */
record Pinned(URI address, Optional<String> host) {

    private static final String ALLOWED = "jdk.httpclient.allowRestrictedHeaders";

    static {
        // Read once, by the first client of the process.
        if (System.getProperty(ALLOWED) == null) {
            System.setProperty(ALLOWED, "host");
        }
    }

    private static final boolean HOST_CAN_BE_SAID = hostCanBeSaid();

    /** To be called before the first client of the process is made. */
    static void prepare() {
        if (!HOST_CAN_BE_SAID) {
            Log.warn("Names in the URLs of targets are looked up twice: an HTTP client was made too early." + " Set -D"
                    + ALLOWED + "=host.");
        }
    }

    private static boolean hostCanBeSaid() {
        try {
            HttpRequest.newBuilder(URI.create("http://127.0.0.1")).setHeader("Host", "localhost");
            return true;
        } catch (IllegalArgumentException restricted) {
            return false;
        }
    }

    /**
     * Looks the name up.
     *
     * @throws IOException when it is not known, or leads where nobody may go
     */
    static Pinned of(URI address) throws IOException {
        boolean encrypted = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : encrypted ? 443 : 80;
        InetAddress found = Outbound.lookUp(address.getHost(), port);
        if (encrypted || !HOST_CAN_BE_SAID) {
            return new Pinned(address, Optional.empty());
        }
        String authority = address.getPort() >= 0 ? address.getHost() + ":" + address.getPort() : address.getHost();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return new Pinned(
                URI.create("http://" + Outbound.literal(found) + ":" + port + path + query), Optional.of(authority));
    }

    /** The request, to be completed. */
    HttpRequest.Builder request() {
        var request = HttpRequest.newBuilder(address);
        host.ifPresent(name -> request.setHeader("Host", name));
        return request;
    }
}
