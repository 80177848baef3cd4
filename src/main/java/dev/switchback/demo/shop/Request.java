package dev.switchback.demo.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One request, read completely: the connection can be used again whatever the answer is. */
record Request(String method, String path, Map<String, String> query, Optional<String> token, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT = 65_536;

    static Request of(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LIMIT);
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query(exchange.getRequestURI().getRawQuery()),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Admin-Token")),
                body);
    }

    /** Whether the JSON body has this member. */
    boolean has(String member) throws IOException {
        return body.length > 0 && JSON.readTree(body).has(member);
    }

    /** The text member of the JSON body. */
    String text(String member) throws IOException {
        JsonNode value = body.length == 0 ? null : JSON.readTree(body).get(member);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("the JSON body has no text " + member);
        }
        return value.textValue();
    }

    private static Map<String, String> query(String raw) {
        var parameters = new HashMap<String, String>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            parameters.put(decoded(nameAndValue[0]), nameAndValue.length == 1 ? "" : decoded(nameAndValue[1]));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
