package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Check;
import dev.switchback.verdict.Check.State;
import dev.switchback.verdict.Comparison;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.MetricFacts.Share;
import dev.switchback.verdict.Side;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** "Can the two sides be compared?": the checks of the page, each over all declared metrics. */
final class Checks {

    private final Comparison comparison;
    private final List<Measured> metrics;
    private final List<Measured> requests;

    Checks(Comparison comparison, List<Measured> metrics) {
        this.comparison = comparison;
        this.metrics = metrics.stream()
                .filter(measured -> measured.metric().declared() && measured.bothSides())
                .toList();
        this.requests = this.metrics.stream()
                .filter(measured -> measured.failed(Side.BEFORE) != null && measured.failed(Side.AFTER) != null)
                .toList();
    }

    List<Check> all() {
        return metrics.isEmpty()
                ? List.of()
                : List.of(target(), changes(), prober(), load(), cache(), errors(), steady());
    }

    private Check target() {
        String same = comparison.unexpectedSettings() == null
                ? "the same on both sides; no settings were captured"
                : "the same on both sides, settings too";
        return check(
                "target",
                "Same target and requests",
                metrics,
                one -> around(one).somethingElseDiffers(),
                same);
    }

    private Check changes() {
        return check(
                "changes",
                "Nothing else changed",
                metrics,
                one -> around(one).anotherChange(),
                "no other run, deployment or change of settings while it was measured");
    }

    private Check prober() {
        double late = metrics.stream()
                .mapToDouble(one -> Circumstances.late(one.sittings()))
                .max()
                .orElse(0);
        return check(
                "prober",
                "Sent on time",
                requests,
                one -> around(one).proberOverloaded(),
                Figures.share(late) + " of the requests were late, 5 % may be");
    }

    private Check load() {
        List<String> known = Circumstances.loads(metrics.get(0).sittings()).stream()
                .map(Circumstances.Loads::words)
                .toList();
        Check check = check(
                "load", "Same load", metrics, one -> around(one).loadDiffers(), Figures.capital(Figures.list(known)));
        return known.isEmpty()
                ? new Check("load", State.UNKNOWN, "Same load", "what others did to the service is not known")
                : check;
    }

    private Check cache() {
        List<String> ratios = requests.stream()
                .map(Checks::hits)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        Check check =
                check("cache", "Same cache state", requests, one -> new Caches(one).differ(), Figures.list(ratios));
        return check.state() == State.HOLDS && ratios.isEmpty()
                ? new Check("cache", State.UNKNOWN, "Same cache state", "no answer told whether it came from a cache")
                : check;
    }

    private static Optional<String> hits(Measured measured) {
        Share before = measured.mix(Side.BEFORE).hitRatio(measured.level());
        Share after = measured.mix(Side.AFTER).hitRatio(measured.level());
        return before == null || after == null
                ? Optional.empty()
                : Optional.of(measured.metric().name() + " hits " + Figures.share(before.value()) + " and "
                        + Figures.share(after.value()));
    }

    private Check errors() {
        String alike = requests.stream()
                .map(one -> one.metric().name() + " " + Failures.words(one.failed(Side.BEFORE)) + " and "
                        + Failures.words(one.failed(Side.AFTER)))
                .collect(Collectors.joining("; "));
        return check("errors", "Errors alike", requests, one -> new Failures(one).differ(), alike);
    }

    private Check steady() {
        return check(
                "steady",
                "Steady",
                metrics,
                one -> new Steadiness(one).drifts().or(() -> baseline(one)),
                "the first and the last 5 blocks of each leg agree");
    }

    private static Optional<Hold> baseline(Measured measured) {
        return new Steadiness(measured).baselineMoved(measured.requests() ? Endpoint.P50 : Endpoint.VALUE);
    }

    private Circumstances around(Measured measured) {
        return new Circumstances(comparison, measured);
    }

    private static Check check(
            String key,
            String title,
            List<Measured> metrics,
            Function<Measured, Optional<Hold>> asked,
            String whenItHolds) {
        if (metrics.isEmpty()) {
            return new Check(key, State.UNKNOWN, title, "no requests were sent");
        }
        return metrics.stream()
                .map(asked)
                .flatMap(Optional::stream)
                .findFirst()
                .map(hold -> new Check(key, State.FAILS, title, hold.words()))
                .orElse(new Check(key, State.HOLDS, title, whenItHolds));
    }
}
