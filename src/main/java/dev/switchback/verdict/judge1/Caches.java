package dev.switchback.verdict.judge1;

import dev.switchback.verdict.MetricClass;
import dev.switchback.verdict.MetricFacts.Share;
import dev.switchback.verdict.Reason;
import dev.switchback.verdict.Side;
import dev.switchback.verdict.judge1.Mix.Mostly;
import java.util.Optional;

/**
 * Whether times of the same kind are compared: rows 6 and 7. Times of hits and misses together are never judged, because
 * their mean follows the share of hits and not the service.
 */
final class Caches {

    private static final double MOVED = 0.10;

    private final Measured measured;
    private final Mix before;
    private final Mix after;

    Caches(Measured measured) {
        this.measured = measured;
        this.before = measured.mix(Side.BEFORE);
        this.after = measured.mix(Side.AFTER);
    }

    Optional<Hold> differ() {
        if (before.twoPopulations() || after.twoPopulations()) {
            return Optional.of(new Hold(
                    Reason.NC_MIXED,
                    "Nothing in the answers tells hits from misses, and the times fall into two groups. Name the header"
                            + " that tells (cacheHeader), then measure warm and cold apart."));
        }
        return measured.metric().metricClass() == MetricClass.ANY
                ? moved().or(this::mixed)
                : mixed().or(this::moved).or(this::neverCold);
    }

    private Optional<Hold> mixed() {
        return before.mostly() == Mostly.MIXED || after.mostly() == Mostly.MIXED
                ? Optional.of(new Hold(Reason.NC_MIXED, mixedWords()))
                : Optional.empty();
    }

    private String mixedWords() {
        if (ratioMoved()) {
            return ratio();
        }
        return measured.metric().metricClass() == MetricClass.ANY
                ? "These times mix hits and misses (" + hits() + "). Declare the class warm or cold."
                : "It was declared " + measured.metric().metricClass().key() + ", but the answers mix hits and misses ("
                        + hits() + "); 90 % must be of one kind.";
    }

    private Optional<Hold> moved() {
        return stateMoved() ? Optional.of(new Hold(Reason.NC_CACHE, ratio())) : Optional.empty();
    }

    /** Cold on both sides, and yet everything came from a cache: then it says nothing about cold. */
    private Optional<Hold> neverCold() {
        return measured.metric().metricClass() == MetricClass.COLD && before.mostly() == Mostly.HITS
                ? Optional.of(new Hold(
                        Reason.NC_MIXED,
                        "It was declared cold, but the answers came from a cache (" + hits()
                                + "). Make it cold before each request (coldBy)."))
                : Optional.empty();
    }

    /** Whether the two sides were in another state of the cache. */
    boolean stateMoved() {
        return ratioMoved() || oneSideTold();
    }

    private boolean oneSideTold() {
        return before.mostly() != after.mostly()
                && (before.mostly() == Mostly.UNKNOWN || after.mostly() == Mostly.UNKNOWN);
    }

    private boolean ratioMoved() {
        Share x = before.hitRatio(measured.level());
        Share y = after.hitRatio(measured.level());
        if (x == null || y == null) {
            return false;
        }
        boolean apart = Math.abs(y.value() - x.value()) > MOVED + 1e-12;
        boolean mixed = before.mostly() == Mostly.MIXED || after.mostly() == Mostly.MIXED;
        return apart || mixed && !Shares.difference(x, y).within(MOVED);
    }

    /** What the page says about a cache that was in another state. */
    String ratio() {
        Share x = before.hitRatio(measured.level());
        Share y = after.hitRatio(measured.level());
        if (x == null || y == null || oneSideTold()) {
            return "Only the answers of one side tell whether they came from a cache.";
        }
        String ratio = "Hit ratio was " + Figures.share(x.value()) + ", now " + Figures.share(y.value()) + ". ";
        return y.value() > x.value()
                ? ratio + "What looks faster comes from the cache. Compare cold with cold."
                : ratio + "What looks slower comes from the cache. Compare warm with warm.";
    }

    private String hits() {
        return "hits " + shown(before) + " before, " + shown(after) + " after";
    }

    private String shown(Mix mix) {
        Share ratio = mix.hitRatio(measured.level());
        return ratio == null ? "unknown" : Figures.share(ratio.value());
    }
}
