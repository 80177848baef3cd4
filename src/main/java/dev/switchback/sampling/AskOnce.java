package dev.switchback.sampling;

import dev.switchback.step.Action;
import dev.switchback.step.JsonExpectation;
import dev.switchback.step.http.ExpectedStatus;
import dev.switchback.step.http.HttpRequestPlan;
import dev.switchback.verdict.CacheClass;
import dev.switchback.verdict.CacheState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends one request of a metric and says what came of it. Safe for use by several threads. */
final class AskOnce {

    private static final int MOST_REDIRECTS = 5;
    static final long LATE_NANOS = 10_000_000;
    private static final Pattern DB_TIME = Pattern.compile(
            "(?:^|,)\\s*db\\s*(?:;[^,]*?)?;\\s*dur\\s*=\\s*\"?([0-9]{1,9}(?:\\.[0-9]+)?)", Pattern.CASE_INSENSITIVE);

    private final HttpSender sender;
    private final byte[] bodyKey;
    private final long originNanos;
    private final ExpectedStatus expectedStatus;
    private final Optional<JsonExpectation> expectedJson;
    private final boolean follow;
    private final CacheClass.Declared declared;

    /** @param originNanos the moment that times are counted from */
    AskOnce(MetricPlan plan, HttpSender sender, byte[] bodyKey, long originNanos) {
        var action = new Action(plan.asked());
        this.sender = sender;
        this.bodyKey = bodyKey;
        this.originNanos = originNanos;
        this.expectedStatus = ExpectedStatus.of(action);
        this.expectedJson = action.member("expectJson").map(JsonExpectation::new);
        this.follow = action.flag("follow", false);
        this.declared = new CacheClass.Declared(
                action.text("cacheHeader").orElse(null),
                action.text("cacheHit").orElse(null),
                action.text("dbCallsHeader").orElse(null));
    }

    /**
     * Where a request stands.
     *
     * @param block its block
     * @param seq its place in it
     * @param momentNanos when it should be sent
     * @param freeNanos when there was a place for it
     */
    record Slot(int block, int seq, long momentNanos, long freeNanos) {}

    /** Sends it now. */
    Taken ask(InputRequest request, Slot slot, long deadlineNanos) {
        var body = new ReadBody(bodyKey, expectedJson.isPresent());
        HttpAnswer first = sender.send(request.call(), deadlineNanos, body);
        HttpAnswer last = first;
        HttpRequestPlan plan = request.plan();
        for (int redirects = 0; follow && redirects < MOST_REDIRECTS; redirects++) {
            Optional<HttpRequestPlan> next = next(plan, last);
            if (next.isEmpty()) {
                break;
            }
            plan = next.get();
            body = new ReadBody(bodyKey, expectedJson.isPresent());
            last = sender.send(InputRequest.callOf(plan), deadlineNanos, body);
        }
        return taken(request.input(), slot, first, last, body, deadlineNanos);
    }

    private static Optional<HttpRequestPlan> next(HttpRequestPlan plan, HttpAnswer answer) {
        boolean redirect = answer.fault().isEmpty() && answer.status() / 100 == 3 && answer.status() != 304;
        return redirect
                ? answer.header("location").flatMap(to -> plan.redirected(answer.status(), to))
                : Optional.empty();
    }

    private Taken taken(int input, Slot slot, HttpAnswer first, HttpAnswer last, ReadBody body, long deadlineNanos) {
        // Who gave up waited until then; that this thread woke up later is nobody's time.
        boolean gaveUp = last.fault().filter(Fault.TIMEOUT::equals).isPresent();
        long latest = Math.max(first.beganNanos(), deadlineNanos);
        long done = gaveUp ? Math.min(last.doneNanos(), latest) : last.doneNanos();
        CacheClass cache = CacheClass.of(last.headers(), declared);
        return new Taken(
                slot.block(),
                slot.seq(),
                input,
                micros(slot.momentNanos()),
                micros(first.beganNanos()),
                last.firstByteNanos() < 0 ? -1 : micros(last.firstByteNanos()),
                micros(done),
                last.status(),
                errorKind(last, body),
                last.bytes(),
                first.reused(),
                last.remote(),
                cache.state(),
                cache.rule(),
                age(last.headers()),
                CacheClass.dbCalls(last.headers(), declared),
                dbUs(last.headers()),
                body.hash(),
                slot.block() == Schedule.WARM_UP,
                first.beganNanos() - Math.max(slot.momentNanos(), slot.freeNanos()) > LATE_NANOS,
                null);
    }

    /** A request that nobody had a place for until its time was over. */
    Taken gaveUp(InputRequest request, Slot slot, long deadlineNanos) {
        return new Taken(
                slot.block(),
                slot.seq(),
                request.input(),
                micros(slot.momentNanos()),
                -1,
                -1,
                micros(deadlineNanos),
                0,
                Fault.TIMEOUT.key(),
                0,
                false,
                null,
                CacheState.UNKNOWN,
                CacheClass.UNKNOWN.rule(),
                null,
                null,
                null,
                null,
                slot.block() == Schedule.WARM_UP,
                false,
                null);
    }

    private long micros(long nanos) {
        return Math.floorDiv(nanos - originNanos, 1000);
    }

    private String errorKind(HttpAnswer answer, ReadBody body) {
        if (answer.fault().isPresent()) {
            return answer.fault().get().key();
        }
        if (!expectedStatus.accepts(answer.status())) {
            return answer.status() >= 500 ? "5xx" : answer.status() >= 400 ? "4xx" : "status";
        }
        boolean wrong =
                expectedJson.flatMap(wanted -> wanted.difference(body.text())).isPresent();
        return wrong ? "body" : null;
    }

    private static Integer age(Map<String, List<String>> headers) {
        return headers.getOrDefault("age", List.of()).stream()
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .findFirst()
                .orElse(null);
    }

    /** How long the database took, from {@code Server-Timing: db;dur=32.5}, in milliseconds there. */
    static Long dbUs(Map<String, List<String>> headers) {
        for (String value : headers.getOrDefault("server-timing", List.of())) {
            Matcher found = DB_TIME.matcher(value);
            if (found.find()) {
                return Math.round(Double.parseDouble(found.group(1)) * 1000);
            }
        }
        return null;
    }
}
