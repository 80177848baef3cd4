package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Comparison;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Grade;
import dev.switchback.verdict.Intent;
import dev.switchback.verdict.Judgement;
import dev.switchback.verdict.Reason;
import dev.switchback.verdict.Side;
import dev.switchback.verdict.Verdict;
import dev.switchback.verdict.VerdictWord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The verdict of the whole: regressed if anything is, else possibly worse, else not comparable, else inconclusive; else
 * improved when at least one endpoint improved; else no change. Never an average, never a score. What is informational
 * decides nothing, except more failed requests and a hit ratio that moved.
 */
final class Whole {

    private static final int NAMED = 3;

    private final Comparison comparison;
    private final List<Measured> metrics;
    private final List<Look> looks;
    private final List<Judgement> all;
    private final List<Judgement> declared;

    Whole(Comparison comparison, List<Measured> metrics, List<Look> looks, List<Judgement> all) {
        this.comparison = comparison;
        this.metrics = metrics;
        this.looks = looks;
        this.all = all;
        this.declared = all.stream().filter(Judgement::declared).toList();
    }

    Verdict verdict(String method) {
        Reason reason = reason();
        Design design = design();
        return new Verdict(
                method,
                word(reason),
                reason,
                headline(reason),
                sentence(reason),
                design.grade(),
                design.words(),
                comparison.level(),
                met(),
                new Checks(comparison, metrics).all(),
                all,
                metrics.stream().map(Facts::of).toList());
    }

    /** Where some was measured and some was not, the whole cannot be told; not measured is only what has no number. */
    private VerdictWord word(Reason reason) {
        return reason == Reason.NOT_MEASURED && several() ? VerdictWord.INCONCLUSIVE : reason.word();
    }

    private Reason reason() {
        List<Judgement> deciding = deciding();
        return first(deciding, one -> one.reason() == Reason.REGRESSED)
                .or(() -> first(deciding, one -> one.reason() == Reason.INC_SUSPECT))
                .or(this::cacheMoved)
                .or(() -> first(deciding, one -> one.word() == VerdictWord.NOT_COMPARABLE))
                .or(() -> first(deciding, one -> one.word() == VerdictWord.INCONCLUSIVE))
                .or(() -> notMeasured(deciding))
                .or(() -> first(deciding, one -> one.reason() == Reason.IMPROVED))
                .or(() -> first(deciding, one -> one.reason() == Reason.NO_CHANGE))
                .orElse(Reason.NOT_MEASURED);
    }

    private List<Judgement> deciding() {
        List<Judgement> deciding = declared.stream().filter(Whole::decides).toList();
        return deciding.isEmpty() ? declared : deciding;
    }

    private static boolean decides(Judgement one) {
        boolean moreFail = one.endpoint() == Endpoint.ERRORS && one.reason() == Reason.REGRESSED;
        return moreFail || one.intent().kind() != Intent.Kind.INFORMATIONAL;
    }

    /** The row that comes first in the table, among those that fit. */
    private static Optional<Reason> first(List<Judgement> judgements, Predicate<Judgement> fits) {
        return judgements.stream().filter(fits).map(Judgement::reason).min(Comparator.comparingInt(Reason::row));
    }

    /** A hit ratio that moved makes the whole not comparable, though hits and misses may be compared apart. */
    private Optional<Reason> cacheMoved() {
        return movedCache().map(caches -> Reason.NC_CACHE);
    }

    private Optional<Caches> movedCache() {
        return looks.stream()
                .filter(look -> look.declared() && look.endpoint() == Endpoint.ERRORS)
                .filter(look -> look.measured().bothSides())
                .filter(look -> !stopped(look))
                .map(look -> new Caches(look.measured()))
                .filter(Caches::stateMoved)
                .findFirst();
    }

    /** What comes before the cache in the order: something else differs, or there are too few samples. */
    private boolean stopped(Look look) {
        return declared.stream()
                .filter(one -> one.metric().equals(look.measured().metric().name()))
                .filter(one -> one.endpoint() == Endpoint.ERRORS)
                .anyMatch(one -> one.reason() == Reason.NC_TARGET
                        || one.reason() == Reason.NC_OTHER_CHANGE
                        || one.reason() == Reason.INC_FEW
                        || one.reason() == Reason.REGRESSED);
    }

    private static Optional<Reason> notMeasured(List<Judgement> deciding) {
        return first(deciding, one -> one.reason() == Reason.NOT_MEASURED);
    }

    private Design design() {
        return metrics.stream()
                .filter(measured ->
                        measured.metric().declared() && !measured.sittings().isEmpty())
                .map(Measured::design)
                .max(Comparator.comparing(Design::grade))
                .orElse(new Design(Grade.D, "Nothing was measured.", List.of()));
    }

    private Boolean met() {
        if (declared.stream().anyMatch(one -> Boolean.FALSE.equals(one.met()))) {
            return false;
        }
        return declared.stream().anyMatch(one -> one.met() == null) ? null : Boolean.TRUE;
    }

    private String headline(Reason reason) {
        return moreFail().map(this::failing).orElseGet(() -> switch (reason) {
            case REGRESSED -> "It got worse.";
            case INC_SUSPECT -> "It possibly got worse.";
            case IMPROVED -> "It got better, and nothing got worse.";
            case NO_CHANGE -> "Nothing changed that matters.";
            case INC_FEW, INC_REVERSAL, INC_NOISY -> "It cannot be told yet.";
            case NOT_MEASURED -> several() ? "Not everything was measured." : "Nothing was measured.";
            default -> reason.words() + ".";
        });
    }

    private boolean several() {
        return declared.stream().anyMatch(one -> one.reason() != Reason.NOT_MEASURED);
    }

    private Optional<Look> moreFail() {
        return looks.stream()
                .filter(look -> look.declared() && look.endpoint() == Endpoint.ERRORS)
                .filter(look -> declared.stream()
                        .anyMatch(one -> one.reason() == Reason.REGRESSED
                                && one.endpoint() == Endpoint.ERRORS
                                && one.metric().equals(look.measured().metric().name())))
                .findFirst();
    }

    private String failing(Look look) {
        return "More requests fail: " + Failures.words(look.measured().failed(Side.AFTER)) + ", before "
                + Failures.words(look.measured().failed(Side.BEFORE)) + ".";
    }

    /** How many of how many; then the first thing that holds it back. */
    private String sentence(Reason reason) {
        var parts = new ArrayList<String>();
        add(parts, "got worse", one -> one.reason() == Reason.REGRESSED);
        add(parts, "possibly got worse", one -> one.reason() == Reason.INC_SUSPECT);
        add(parts, "improved", one -> one.reason() == Reason.IMPROVED);
        add(parts, "did not change", one -> one.reason() == Reason.NO_CHANGE);
        add(
                parts,
                "cannot be told yet",
                one -> one.word() == VerdictWord.INCONCLUSIVE && one.reason() != Reason.INC_SUSPECT);
        add(parts, "cannot be compared", one -> one.word() == VerdictWord.NOT_COMPARABLE);
        add(parts, "not measured", one -> one.reason() == Reason.NOT_MEASURED);
        String counts = "Of " + Figures.count(declared.size(), "look", "looks") + " " + Figures.list(parts) + ".";
        return declared.isEmpty() ? "Nothing was declared." : counts + because(reason) + extended();
    }

    private void add(List<String> parts, String words, Predicate<Judgement> fits) {
        List<Judgement> some = declared.stream().filter(fits).toList();
        if (!some.isEmpty()) {
            parts.add(some.size() + " " + words + (some.size() <= NAMED ? " (" + named(some) + ")" : ""));
        }
    }

    private String named(List<Judgement> some) {
        return Figures.list(some.stream().map(this::name).toList());
    }

    private String name(Judgement one) {
        if (one.endpoint() == Endpoint.VALUE) {
            return one.metric();
        }
        return metrics.size() == 1
                ? one.endpoint().words()
                : one.metric() + " " + one.endpoint().words();
    }

    private String because(Reason reason) {
        if (reason == Reason.NC_CACHE) {
            return movedCache().map(caches -> " " + caches.ratio()).orElseGet(() -> first(reason));
        }
        return reason == Reason.NO_CHANGE || reason == Reason.IMPROVED ? "" : first(reason);
    }

    private String first(Reason reason) {
        return declared.stream()
                .filter(one -> one.reason() == reason)
                .findFirst()
                .map(one -> " " + one.sentence())
                .orElse("");
    }

    private String extended() {
        return comparison.extended()
                ? " Blocks were added after a first look; therefore claims had to be twice as sure."
                : "";
    }
}
