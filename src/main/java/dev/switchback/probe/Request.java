package dev.switchback.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.sampling.Fault;
import dev.switchback.sampling.HttpAnswer;
import dev.switchback.sampling.HttpCall;
import dev.switchback.sampling.HttpSender;
import dev.switchback.secret.MissingSecretException;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.step.Action;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.JsonExpectation;
import dev.switchback.step.StepContext;
import dev.switchback.step.http.ExpectedStatus;
import dev.switchback.step.http.HttpRequestPlan;
import dev.switchback.verdict.Probe.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends one probe and judges its answer: status, body, redirects only when they are declared. Never throws. Safe for use
 * by several threads.
 */
final class Request implements Sending {

    private static final int MOST_REDIRECTS = 5;
    private static final int LONGEST_BODY = 1024 * 1024;

    private final ProbePlan plan;
    private final Duration timeout;
    private final TrackingSecrets secrets;
    private final HttpSender sender;
    private final boolean keep;
    private final Action action;
    private final Optional<JsonExpectation> expected;
    private final List<StepContext> inputs;

    /** The steady request of a probe. */
    Request(ProbePlan plan, TrackingSecrets secrets, HttpSender sender, boolean keep) {
        this(plan, plan.declared(), plan.timeout(), secrets, sender, keep);
    }

    /**
     * @param asked what is sent and what is expected
     * @param timeout after how long it has failed
     * @param keep whether its connection is kept open
     */
    Request(
            ProbePlan plan,
            ObjectNode asked,
            Duration timeout,
            TrackingSecrets secrets,
            HttpSender sender,
            boolean keep) {
        this.plan = plan;
        this.timeout = timeout;
        this.secrets = secrets;
        this.sender = sender;
        this.keep = keep;
        this.action = new Action(asked);
        this.expected = action.member("expectJson").map(JsonExpectation::new);
        this.inputs = plan.inputs(secrets);
    }

    @Override
    public Result send(long turn) {
        return send(turn, Map.of());
    }

    /**
     * @param turn which of the inputs is used
     * @param more values beside those of the input
     */
    Result send(long turn, Map<String, String> more) {
        try {
            StepContext input = inputs.get((int) Math.floorMod(turn, (long) inputs.size()));
            StepContext context = more.isEmpty() ? input : plan.with(input, more);
            Result result = send(HttpRequestPlan.of(action, plan.target(), context));
            return result.message() == null
                    ? result
                    : result.saying(Action.firstLine(secrets.masker().mask(result.message())));
        } catch (CouldNotAskException | MissingSecretException cannot) {
            return new Result(Failure.OTHER, 0, secrets.masker().mask(cannot.getMessage()), null);
        }
    }

    private Result send(HttpRequestPlan first) {
        long deadline = System.nanoTime() + timeout.toNanos();
        HttpRequestPlan asked = first;
        for (int redirects = 0; ; redirects++) {
            var body = new ByteArrayOutputStream();
            HttpAnswer answer = sender.send(
                    HttpCall.of(asked.method(), asked.address(), asked.headers(), asked.body(), keep),
                    deadline,
                    (buffer, offset, length) -> take(body, buffer, offset, length));
            Optional<HttpRequestPlan> next =
                    action.flag("follow", false) && redirects < MOST_REDIRECTS ? next(asked, answer) : Optional.empty();
            if (next.isEmpty()) {
                return judged(answer, body);
            }
            asked = next.get();
        }
    }

    private void take(ByteArrayOutputStream body, byte[] buffer, int offset, int length) {
        if (expected.isPresent()) {
            body.write(buffer, offset, Math.min(length, LONGEST_BODY - body.size()));
        }
    }

    private static Optional<HttpRequestPlan> next(HttpRequestPlan asked, HttpAnswer answer) {
        boolean redirect = answer.fault().isEmpty() && answer.status() / 100 == 3 && answer.status() != 304;
        return redirect
                ? answer.header("location").flatMap(to -> asked.redirected(answer.status(), to))
                : Optional.empty();
    }

    private Result judged(HttpAnswer answer, ByteArrayOutputStream body) {
        if (answer.fault().isPresent()) {
            Failure failure = failure(answer.fault().get());
            return new Result(failure, answer.status(), failure.words() + ": " + answer.message(), answer.remote());
        }
        ExpectedStatus status = ExpectedStatus.of(action);
        if (!status.accepts(answer.status())) {
            return new Result(
                    failure(answer.status()),
                    answer.status(),
                    "status " + answer.status() + ", expected " + status,
                    answer.remote());
        }
        return expected.flatMap(wanted -> wanted.difference(body.toString(StandardCharsets.UTF_8)))
                .map(wrong -> new Result(Failure.WRONG_BODY, answer.status(), wrong, answer.remote()))
                .orElseGet(() -> new Result(null, answer.status(), null, answer.remote()));
    }

    private static Failure failure(int status) {
        return switch (status / 100) {
            case 5 -> Failure.SERVER_ERROR;
            case 4 -> Failure.CLIENT_ERROR;
            default -> Failure.WRONG_STATUS;
        };
    }

    private static Failure failure(Fault fault) {
        return switch (fault) {
            case TIMEOUT -> Failure.TIMEOUT;
            case REFUSED -> Failure.REFUSED;
            case RESET -> Failure.RESET;
            case TLS -> Failure.TLS;
            case DNS -> Failure.DNS;
            case OTHER -> Failure.OTHER;
        };
    }
}
