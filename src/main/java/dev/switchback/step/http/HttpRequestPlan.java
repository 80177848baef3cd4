package dev.switchback.step.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.switchback.step.Action;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.StepContext;
import dev.switchback.step.Target;
import dev.switchback.step.Variables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A request with all its values filled in, ready to be sent, perhaps to another address of the same service.
 *
 * @param method upper case
 * @param address where to
 * @param headers by name, without regard to case
 * @param body absent for none
 */
public record HttpRequestPlan(String method, URI address, Map<String, String> headers, Optional<String> body) {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

    /**
     * Fills an action in.
     *
     * @throws CouldNotAskException when a variable is missing or the request makes no sense
     */
    public static HttpRequestPlan of(Action action, Target target, StepContext context) {
        String[] parts = action.required("request").strip().split("\\s+", 2);
        if (parts.length != 2
                || !METHOD.matcher(parts[0].toUpperCase(Locale.ROOT)).matches()
                || !parts[1].startsWith("/")) {
            throw new CouldNotAskException(
                    "the request is " + action.required("request"), "a method and a path, such as GET /health");
        }
        if (action.has("json") && action.has("body")) {
            throw new CouldNotAskException("the action has both json and body", "either json or body");
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        new Action(target.settings()).named("headers").forEach((name, value) -> add(headers, name, value, context));
        action.named("headers").forEach((name, value) -> add(headers, name, value, context));
        if (action.has("json")) {
            headers.putIfAbsent("Content-Type", "application/json");
        } else if (action.has("body")) {
            headers.putIfAbsent("Content-Type", "text/plain; charset=utf-8");
        }
        Optional<String> body = action.member("json")
                .map(json -> filled(json, context).toString())
                .or(() -> action.text("body"));
        return new HttpRequestPlan(
                parts[0].toUpperCase(Locale.ROOT), address(target, parts[1].strip(), context), headers, body);
    }

    /** Values are encoded, so that none of them can end a path segment or add a parameter. */
    private static URI address(Target target, String template, StepContext context) {
        int query = template.indexOf('?');
        String path = query < 0 ? template : template.substring(0, query);
        String rest = query < 0 ? "" : template.substring(query);
        String base = target.text("url", "");
        String text = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + Variables.fill(path, context, HttpRequestPlan::pathValue)
                + Variables.fill(rest, context, Variables::percentEncoded);
        return uri(text, target);
    }

    static URI uri(String text, Target target) {
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw new CouldNotAskException(
                    "the address " + text + " is not a URL: " + wrong.getMessage(),
                    "a URL; spaces and the like percent-encoded");
        }
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!web || address.getHost() == null) {
            throw new CouldNotAskException(
                    "the url of the target " + target.name() + " does not lead to a web server: " + text,
                    "a url such as http://127.0.0.1:8101");
        }
        return address;
    }

    private static String pathValue(String value) {
        if (value.equals(".") || value.equals("..")) {
            throw new CouldNotAskException(
                    "the value \"" + value + "\" would lead to another path", "a value that is a name");
        }
        return Variables.percentEncoded(value);
    }

    private static void add(Map<String, String> headers, String name, JsonNode value, StepContext context) {
        String text = text(value.asText(), context, UnaryOperator.identity());
        if (text.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new CouldNotAskException(
                    "the value of the header " + name + " contains a line end", "a header value in one line");
        }
        headers.put(name, text);
    }

    /** A text of the action: a reference to a secret as a whole, or text with placeholders. */
    private static String text(String stated, StepContext context, UnaryOperator<String> encode) {
        String resolved = context.secrets().resolve(stated);
        return resolved.equals(stated) ? Variables.fill(stated, context, encode) : resolved;
    }

    private static JsonNode filled(JsonNode json, StepContext context) {
        if (json.isTextual()) {
            return TextNode.valueOf(text(json.textValue(), context, UnaryOperator.identity()));
        }
        if (json.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            json.properties().forEach(member -> copy.set(member.getKey(), filled(member.getValue(), context)));
            return copy;
        }
        if (json.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            json.forEach(item -> copy.add(filled(item, context)));
            return copy;
        }
        return json;
    }

    /** Whether sending it twice, or not knowing whether it arrived, does no harm. */
    public boolean isSafe() {
        return SAFE.contains(method);
    }

    /** @throws IOException when the address is not known, or one that nobody may connect to */
    HttpRequest toRequest() throws IOException {
        var request = Pinned.of(address)
                .request()
                .method(
                        method,
                        body.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        headers.forEach((name, value) -> {
            try {
                if (name.equalsIgnoreCase("Host")) {
                    throw new IllegalArgumentException(name);
                }
                request.setHeader(name, value);
            } catch (IllegalArgumentException refused) {
                throw new CouldNotAskException(
                        "the header " + name + " cannot be sent", "a header that is not Host, Connection or the like");
            }
        });
        return request.build();
    }

    /**
     * The request that a redirect asks for; empty when it leads to another service.
     *
     * @param status the status of the redirect
     */
    public Optional<HttpRequestPlan> redirected(int status, String location) {
        URI next;
        try {
            next = address.resolve(location);
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
        boolean sameHost = address.getHost().equalsIgnoreCase(next.getHost());
        boolean samePlace = address.getScheme().equals(next.getScheme()) && address.getPort() == next.getPort();
        boolean toTls = "http".equals(address.getScheme()) && "https".equals(next.getScheme());
        if (!sameHost || !samePlace && !toTls) {
            return Optional.empty();
        }
        boolean asGet = status == 303 || (status == 301 || status == 302) && method.equals("POST");
        return Optional.of(
                asGet
                        ? new HttpRequestPlan("GET", next, headers, Optional.empty())
                        : new HttpRequestPlan(method, next, headers, body));
    }
}
