package dev.switchback.sampling;

import dev.switchback.step.CouldNotAskException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request made ready to be written, so that nothing has to be put together at its moment. Immutable.
 *
 * @param address where to
 * @param host to connect to
 * @param port to connect to
 * @param encrypted whether over TLS
 * @param isHead whether the answer has no body
 * @param bytes the whole request
 */
public record HttpCall(URI address, String host, int port, boolean encrypted, boolean isHead, byte[] bytes) {

    private static final Set<String> OURS =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    /**
     * Makes a request ready.
     *
     * @param method upper case
     * @param address http or https
     * @param headers without line ends
     * @param keep whether the connection shall stay open afterwards
     * @throws CouldNotAskException when a header is none of those that can be chosen
     */
    public static HttpCall of(
            String method, URI address, Map<String, String> headers, Optional<String> body, boolean keep) {
        boolean encrypted = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : encrypted ? 443 : 80;
        var head = new StringBuilder(256);
        head.append(method).append(' ').append(pathOf(address)).append(" HTTP/1.1\r\n");
        add(head, "Host", address.getPort() >= 0 ? address.getHost() + ":" + port : address.getHost());
        headers.forEach((name, value) -> {
            if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new CouldNotAskException(
                        "the header " + name + " cannot be sent", "a header that is not Host, Connection or the like");
            }
            add(head, name, value);
        });
        addUnlessStated(head, headers, "User-Agent", "Switchback");
        addUnlessStated(head, headers, "Accept", "*/*");
        add(head, "Connection", keep ? "keep-alive" : "close");
        byte[] content = body.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
        if (body.isPresent() || method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
            add(head, "Content-Length", String.valueOf(content.length));
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[first.length + content.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(content, 0, all, first.length, content.length);
        return new HttpCall(address, address.getHost(), port, encrypted, method.equals("HEAD"), all);
    }

    private static String pathOf(URI address) {
        String path = address.getRawPath();
        String query = address.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    private static void add(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static void addUnlessStated(StringBuilder head, Map<String, String> stated, String name, String value) {
        if (stated.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
            add(head, name, value);
        }
    }

    /** Connections to the same place can serve each other's requests. */
    String place() {
        return (encrypted ? "https://" : "http://") + host + ":" + port;
    }
}
