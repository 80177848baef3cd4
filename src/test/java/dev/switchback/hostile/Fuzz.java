package dev.switchback.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Somebody who has read the description of the interface and sends what it does not expect. Every request follows from
 * the seed and its number alone: the same two make the same request again.
 */
final class Fuzz {

    /** What tells of the inside: classes, stack traces, statements, the paths of this machine. */
    private static final Pattern INSIDE = Pattern.compile(
            "(?<!\\w)(java\\.|javax\\.|jakarta\\.|dev\\.switchback\\.|org\\.|io\\.(quarkus|vertx)|com\\.fasterxml)[\\w.$]*[A-Z]\\w+|\\w(Exception|Error):|\\bat"
                    + " [\\w.$]+\\([\\w.]*:\\d+\\)|SQLSTATE|\\b[Ss][Qq][Ll] \\[|constraint \"|relation \"|\\bselect .*"
                    + " from [a-z_]+|\\binsert into |\\bupdate [a-z_]+ set ");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> IDS = List.of(
            "0",
            "-1",
            "999999999",
            "9223372036854775807",
            "9223372036854775808",
            "1e3",
            "x",
            "%00",
            "%ff",
            "%c0%af",
            "..%2f..%2fx",
            "a%0d%0aX-Evil:%20b",
            "%f0%9f%92%a9",
            "%27%20or%201=1--",
            "a".repeat(3000),
            "%e2%80%ae",
            "%20");

    /** An operation of the description. */
    private record Operation(String method, String path, JsonNode about) {}

    /** A request that can be sent again. */
    private record Ask(long number, String method, String path, List<String> headers, byte[] body) {
        @Override
        public String toString() {
            String shown = new String(body, UTF_8);
            return "request " + number + ": " + method + " " + path + " " + headers + "\n"
                    + (shown.length() > 2000 ? shown.substring(0, 2000) + "… (" + body.length + " bytes)" : shown);
        }
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI base;
    private final String authorization;
    private final long seed;
    private final Map<String, List<String>> known;
    private final JsonNode description;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Integer, Integer> answers = new TreeMap<>();

    /**
     * Reads the description.
     *
     * @param authorization as whom it asks
     * @param known for a member of a path, such as {@code key} below {@code migrations}, what there is
     */
    Fuzz(URI base, String authorization, long seed, Map<String, List<String>> known)
            throws IOException, InterruptedException {
        this.base = base;
        this.authorization = authorization;
        this.seed = seed;
        this.known = known;
        var answer = client.send(
                HttpRequest.newBuilder(base.resolve("/q/openapi?format=json"))
                        .header("Authorization", authorization)
                        .build(),
                BodyHandlers.ofString());
        description = MAPPER.readTree(answer.body());
        description.get("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .forEach(path -> path.getValue().properties().stream()
                        .filter(each ->
                                List.of("get", "post", "put", "delete", "patch").contains(each.getKey()))
                        .forEach(each -> operations.add(new Operation(
                                each.getKey().toUpperCase(Locale.ROOT), path.getKey(), each.getValue()))));
    }

    /** How many operations there are. */
    int operations() {
        return operations.size();
    }

    /** How many answers there were of each status. */
    Map<Integer, Integer> answers() {
        return answers;
    }

    /** Asks every operation at least once, and goes on until the time is over; says what was wrong with which request. */
    List<String> run(LongSupplier left) throws InterruptedException {
        var wrong = new ArrayList<String>();
        for (long number = 0; (number < operations.size() || left.getAsLong() > 0) && wrong.size() < 20; number++) {
            Ask ask = ask(number);
            String complaint = complaint(ask);
            if (complaint != null) {
                wrong.add(complaint + "\n  seed " + seed + ", " + ask);
            }
        }
        return wrong;
    }

    private Ask ask(long number) {
        Operation operation = operations.get((int) (number % operations.size()));
        var random = new Random(seed * 1_000_003 + number);
        var guess = new Guess(random, description);
        var headers = new ArrayList<>(List.of("Authorization", authorization));
        String path = operation.path();
        var query = new ArrayList<String>();
        for (JsonNode parameter : operation.about().path("parameters")) {
            String name = parameter.path("name").asText();
            switch (parameter.path("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", segment(operation, name, random));
                case "query" -> {
                    for (int i = random.nextInt(3); i > 0; i--) {
                        query.add(encoded(name) + "=" + encoded(guess.word(parameter.path("schema"), name)));
                    }
                }
                case "header" -> header(headers, name, guess.word(parameter.path("schema"), name), random);
                default -> throw new IllegalStateException("a parameter in " + parameter.path("in"));
            }
        }
        path = path.replaceAll("\\{[^}]*}", "x");
        byte[] body = new byte[0];
        JsonNode content = operation.about().path("requestBody").path("content");
        if (!operation.method().equals("GET") && random.nextInt(12) > 0) {
            String type = content.isEmpty()
                    ? "application/json"
                    : content.fieldNames().next();
            body = guess.body(content.path(type).path("schema"), type);
            type = random.nextInt(15) == 0 ? guess.contentType() : type.contains("*") ? "application/json" : type;
            headers.addAll(List.of("Content-Type", type));
        }
        if (operation.method().equals("PUT") && random.nextInt(3) > 0) {
            headers.addAll(List.of("If-Match", random.nextBoolean() ? "\"1\"" : guess.header()));
        }
        if (random.nextInt(20) == 0) {
            headers.addAll(List.of("Accept", guess.header()));
        }
        return new Ask(
                number,
                operation.method(),
                path + (query.isEmpty() ? "" : "?" + String.join("&", query)),
                headers,
                body);
    }

    private static void header(List<String> headers, String name, String value, Random random) {
        String sendable = value.replaceAll("[^\\x20-\\x7e]", "?");
        if (random.nextBoolean() && sendable.length() < 8000) {
            headers.addAll(List.of(name, sendable));
        }
    }

    /** What there is, or what there is not; never what there is where the answer would not end. */
    private String segment(Operation operation, String name, Random random) {
        String before = operation.path().split(Pattern.quote("{" + name + "}"))[0];
        List<String> there = known.getOrDefault(before, List.of());
        boolean endless = operation.about().path("responses").toString().contains("text/event-stream");
        if (there.isEmpty() || endless || random.nextInt(4) == 0) {
            return IDS.get(random.nextInt(IDS.size()));
        }
        return there.get(random.nextInt(there.size()));
    }

    private static String encoded(String text) {
        // What is half a character becomes a question mark; a raw byte that is no character comes from the list above.
        return URLEncoder.encode(text, UTF_8);
    }

    private String complaint(Ask ask) throws InterruptedException {
        HttpRequest request;
        try {
            var building = HttpRequest.newBuilder(URI.create(base + ask.path().substring(1)))
                    .timeout(PATIENCE)
                    .method(ask.method(), BodyPublishers.ofByteArray(ask.body()))
                    .headers(ask.headers().toArray(String[]::new));
            request = building.build();
        } catch (IllegalArgumentException unsendable) {
            throw new IllegalStateException(ask.toString(), unsendable);
        }
        try {
            var answer = client.send(request, BodyHandlers.ofByteArray());
            answers.merge(answer.statusCode(), 1, Integer::sum);
            String type = answer.headers().firstValue("Content-Type").orElse("none");
            return complaint(answer.statusCode(), type, answer.body());
        } catch (HttpTimeoutException e) {
            return "no answer in " + PATIENCE.toSeconds() + " s";
        } catch (IOException e) {
            return "no answer: " + e;
        }
    }

    /** What is wrong with this answer, or null. */
    static String complaint(int status, String type, byte[] body) {
        // An address beyond all measure is refused before anybody reads it, without a word.
        if (status == 414 || status == 431) {
            return null;
        }
        String text = new String(body, 0, Math.min(body.length, 1 << 18), UTF_8);
        var inside = INSIDE.matcher(status < 400 ? "" : text);
        if (status >= 500) {
            return "status " + status + ": " + text;
        }
        if (inside.find()) {
            return "status " + status + " tells of the inside, “" + inside.group() + "”: " + text;
        }
        return status < 400 ? null : complaintAboutProblem(status, type, text);
    }

    private static String complaintAboutProblem(int status, String type, String text) {
        try {
            if (!type.startsWith("application/problem+json")) {
                return "status " + status + " as " + type + " and not as a problem: " + text;
            }
            JsonNode problem = MAPPER.readTree(text);
            boolean whole = problem.path("status").asInt() == status
                    && !problem.path("title").asText().isBlank()
                    && !problem.path("detail")
                            .asText(problem.path("violations").toString())
                            .isBlank()
                    && !problem.path("expected")
                            .asText(problem.path("violations")
                                    .path(0)
                                    .path("expected")
                                    .asText())
                            .isBlank()
                    && problem.path("retrySafe").isBoolean();
            return whole ? null : "status " + status + " with half a problem: " + text;
        } catch (IOException e) {
            return "status " + status + " with a problem that is no JSON: " + text;
        }
    }
}
