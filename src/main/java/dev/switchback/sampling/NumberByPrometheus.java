package dev.switchback.sampling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.switchback.step.Action;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Durations;
import dev.switchback.step.StepContext;
import dev.switchback.step.Target;
import dev.switchback.step.Variables;
import dev.switchback.step.http.HttpRequestPlan;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The single sample that a query gives in a Prometheus, by {@code /api/v1/query}. */
final class NumberByPrometheus implements ReadNumber {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ANSWER = 1024 * 1024;

    private final HttpCall call;
    private final Duration timeout;
    private final HttpSender sender = new HttpSender(false);

    private NumberByPrometheus(HttpCall call, Duration timeout) {
        this.call = call;
        this.timeout = timeout;
    }

    static NumberByPrometheus of(MetricPlan plan, Place place, Cancellation brake) {
        StepContext context = place.with(Map.of(), brake);
        Target target = new Action(plan.asked()).target(context, "prometheus");
        String query = Variables.percentEncoded(new Action(plan.asked()).required("query"));
        var asked = JsonNodeFactory.instance.objectNode().put("request", "GET /api/v1/query?query=" + query);
        HttpRequestPlan request = HttpRequestPlan.of(new Action(asked), target, context);
        var reading = new NumberByPrometheus(
                HttpCall.of("GET", request.address(), request.headers(), request.body(), false), plan.timeout());
        brake.onCancel(reading::close);
        return reading;
    }

    @Override
    public double read() {
        var body = new ByteArrayOutputStream();
        HttpAnswer answer = sender.send(
                call,
                System.nanoTime() + timeout.toNanos(),
                (buffer, offset, length) -> body.write(buffer, offset, Math.min(length, LONGEST_ANSWER - body.size())));
        if (answer.fault().isPresent()) {
            throw new CouldNotAskException(
                    "no answer from Prometheus at " + call.host() + ":" + call.port() + ": " + answer.message(),
                    "an answer within " + Durations.words(timeout));
        }
        return value(answer.status(), body.toString(StandardCharsets.UTF_8));
    }

    /** The number in an answer of {@code /api/v1/query}. */
    static double value(int status, String body) {
        JsonNode answer = parsed(body);
        if (status != 200 || !answer.path("status").asText().equals("success")) {
            throw new CouldNotAskException(
                    "Prometheus answered with status " + status + ": "
                            + Action.firstLine(answer.path("error").asText(body)),
                    "a query that Prometheus understands");
        }
        JsonNode result = answer.path("data").path("result");
        String type = answer.path("data").path("resultType").asText();
        if (type.equals("scalar")) {
            return ReadNumber.number(result.path(1).asText(), "the query");
        }
        if (!type.equals("vector") || result.size() != 1) {
            throw new CouldNotAskException(
                    type.equals("vector")
                            ? result.isEmpty()
                                    ? "the query gave no value"
                                    : "the query gave " + result.size() + " series"
                            : "the query gave a " + type,
                    "one series, for example by sum(…)");
        }
        return ReadNumber.number(result.path(0).path("value").path(1).asText(), "the query");
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}
