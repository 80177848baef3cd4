package dev.switchback.step.http;

import dev.switchback.step.Action;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CarefulExecutor;
import dev.switchback.step.Durations;
import dev.switchback.step.JsonExpectation;
import dev.switchback.step.Outcome;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepKind;
import dev.switchback.step.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends {@code {target, request, headers, json, body, expectStatus, expectJson, follow}} to a target of kind
 * {@code http} {@code {url, headers}}, over HTTP/1.1.
 *
 * <p>{@code {name}} in the request, in header values and in the strings of {@code json} stands for a variable;
 * {@code body} is sent as it stands, because nobody knows how to encode a value in it. A header value or a string of
 * {@code json} may be {@code secret:NAME} as a whole (for "Bearer …", give the environment a variable that refers to
 * the secret and write {@code Bearer {name}}). Redirects are judged as answers unless {@code follow: true}, and even
 * then never followed to another host or port.
 *
 * <p>No connection is <em>errored</em>. A connection lost or a brake pulled after sending is <em>errored</em> for GET,
 * HEAD and OPTIONS and <em>unknown</em> for the others: they may have taken effect. The value is the body as text, at
 * most {@value #LONGEST_BODY} bytes of it; the exit status is the HTTP status.
 */
public final class HttpStepExecutor extends CarefulExecutor {

    static final int LONGEST_BODY = 1024 * 1024;
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final int MOST_REDIRECTS = 5;
    private static final int SHOWN_LINES = 20;
    private static final int SHOWN_CHARACTERS = 4096;
    private static final Pattern CHARSET = Pattern.compile("(?i)charset=\"?([^\\s;\"]+)");

    private final HttpClient client;

    public HttpStepExecutor() {
        this(newClient());
    }

    HttpStepExecutor(HttpClient client) {
        this.client = client;
    }

    static HttpClient newClient() {
        Pinned.prepare();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    @Override
    public StepKind kind() {
        return StepKind.HTTP;
    }

    @Override
    protected String summary(Action action) {
        return Action.firstLine(action.text("request").orElse(""));
    }

    @Override
    protected Outcome carryOut(Action action, StepContext context) {
        Target target = action.target(context, "http");
        ExpectedStatus expected = ExpectedStatus.of(action);
        HttpRequestPlan plan = HttpRequestPlan.of(action, target, context);
        boolean follow = action.flag("follow", false);
        var sending = new Sending(context);
        for (int redirects = 0; ; redirects++) {
            try {
                HttpResponse<LimitedBody.Read> response = sending.send(plan);
                Optional<HttpRequestPlan> next = follow ? next(plan, response) : Optional.empty();
                if (next.isEmpty() || redirects == MOST_REDIRECTS) {
                    return judged(response, expected, action, context, sending.took());
                }
                plan = next.get();
            } catch (IOException lost) {
                return unanswered(plan, lost, redirects > 0, context, sending.took());
            }
        }
    }

    @Override
    protected void draw(Action action, StepContext context, Rendering.Draft draft) {
        Target target = action.target(context, "http");
        draft.at(target.text("url", ""));
        draft.attempt(() -> draft.expects(ExpectedStatus.of(action)
                + action.member("expectJson").map(json -> ", with " + json).orElse("")));
        HttpRequestPlan plan = HttpRequestPlan.of(action, target, context);
        draft.text("request", plan.method() + " " + plan.address());
        draft.values("headers", plan.headers());
        plan.body().ifPresent(body -> draft.text("body", body));
        if (action.flag("follow", false)) {
            draft.text("redirects", "followed to the same host and port, at most " + MOST_REDIRECTS);
        }
    }

    private static Optional<HttpRequestPlan> next(HttpRequestPlan plan, HttpResponse<?> response) {
        boolean redirect = response.statusCode() / 100 == 3 && response.statusCode() != 304;
        return redirect
                ? response.headers().firstValue("Location").flatMap(to -> plan.redirected(response.statusCode(), to))
                : Optional.empty();
    }

    /** Sends requests under one brake. */
    private final class Sending {
        private final StepContext context;
        private volatile CompletableFuture<?> current = CompletableFuture.completedFuture(null);
        private long began = System.nanoTime();

        Sending(StepContext context) {
            this.context = context;
            context.cancellation().onCancel(() -> current.cancel(true));
        }

        HttpResponse<LimitedBody.Read> send(HttpRequestPlan plan) throws IOException {
            context.log().engine(plan.method() + " " + plan.address());
            began = System.nanoTime();
            var request = plan.toRequest();
            var answer = client.sendAsync(request, info -> new LimitedBody(LONGEST_BODY));
            current = answer;
            if (context.cancellation().isCancelled()) {
                answer.cancel(true);
            }
            try {
                return answer.get();
            } catch (CancellationException stopped) {
                throw new IOException("stopped", stopped);
            } catch (InterruptedException stopping) {
                answer.cancel(true);
                Thread.currentThread().interrupt();
                throw new IOException("the server is stopping", stopping);
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof IOException lost ? lost : new IOException(failed.getCause());
            }
        }

        Duration took() {
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    private static Outcome unanswered(
            HttpRequestPlan plan, IOException lost, boolean redirected, StepContext context, Duration took) {
        String place = plan.address().getRawAuthority();
        if (neverConnected(lost) && !redirected) {
            return Outcome.errored(
                    "no connection to " + place + ": " + reason(lost) + "; nothing was sent",
                    "an answer from " + place);
        }
        String why = context.cancellation()
                .reason()
                .map(reason -> reason == Cancellation.Reason.TIMEOUT ? "timed out" : "aborted")
                .orElse("the connection was lost (" + reason(lost) + ")");
        String message = why + " after " + Durations.words(took) + " without an answer from " + place;
        context.log().engine(message);
        return plan.isSafe() && !redirected
                ? Outcome.errored(message + "; a " + plan.method() + " changes nothing", "an answer in time")
                : Outcome.unknown(
                        message + "; the " + plan.method() + " was sent and may or may not have taken effect",
                        "an answer in time; find out at the service what it did");
    }

    private static boolean neverConnected(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ConnectException
                    || each instanceof HttpConnectTimeoutException
                    || each instanceof UnresolvedAddressException
                    || each instanceof UnknownHostException
                    || each instanceof javax.net.ssl.SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }

    static String reason(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
                return "unknown host";
            }
            if (each instanceof HttpConnectTimeoutException) {
                return "no answer within " + Durations.words(CONNECT_TIMEOUT);
            }
        }
        boolean refused = failure instanceof ConnectException && failure.getMessage() == null;
        return refused ? "connection refused" : String.valueOf(failure.getMessage());
    }

    private static Outcome judged(
            HttpResponse<LimitedBody.Read> response,
            ExpectedStatus expected,
            Action action,
            StepContext context,
            Duration took) {
        int status = response.statusCode();
        String body = text(response);
        log(response, body, context, took);
        Outcome outcome = judged(status, body, expected, action, context, took)
                .withExitStatus(status)
                .withValue(body);
        return response.body().cut()
                ? outcome.withWarning("the answer was longer than 1 MiB; only its beginning was read")
                : outcome;
    }

    private static Outcome judged(
            int status, String body, ExpectedStatus expected, Action action, StepContext context, Duration took) {
        if (!expected.accepts(status)) {
            String hint = body.isBlank() ? "" : ": " + context.firstLine(body);
            return Outcome.failed("status " + status + hint, expected.toString());
        }
        Optional<JsonExpectation> json = action.member("expectJson").map(JsonExpectation::new);
        return json.flatMap(wanted -> wanted.difference(body))
                .map(difference -> Outcome.failed(
                        "status " + status + ", but " + difference, json.get().toString()))
                .orElseGet(() -> Outcome.succeeded("status " + status + " after " + Durations.words(took)));
    }

    private static String text(HttpResponse<LimitedBody.Read> response) {
        return new String(response.body().bytes(), charset(contentType(response)));
    }

    private static String contentType(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    }

    private static Charset charset(String contentType) {
        Matcher stated = CHARSET.matcher(contentType);
        try {
            return stated.find() ? Charset.forName(stated.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    private static void log(HttpResponse<LimitedBody.Read> response, String body, StepContext context, Duration took) {
        int size = response.body().bytes().length;
        context.log()
                .engine("status " + response.statusCode() + " after " + Durations.words(took) + ", " + size
                        + (size == 1 ? " byte" : " bytes") + (response.body().cut() ? ", cut" : ""));
        if (!isText(contentType(response))) {
            return;
        }
        String shown = body.length() > SHOWN_CHARACTERS ? body.substring(0, SHOWN_CHARACTERS) : body;
        shown.lines().limit(SHOWN_LINES).forEach(context.log()::out);
        if (shown.length() < body.length()
                || shown.lines().skip(SHOWN_LINES).findAny().isPresent()) {
            context.log().engine("the rest of the body is not shown");
        }
    }

    private static boolean isText(String contentType) {
        return contentType.isEmpty()
                || contentType.startsWith("text/")
                || contentType.contains("json")
                || contentType.contains("xml")
                || contentType.contains("yaml")
                || contentType.contains("form-urlencoded");
    }
}
