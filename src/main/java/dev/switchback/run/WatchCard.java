package dev.switchback.run;

import dev.switchback.web.Mark;
import dev.switchback.web.Marks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page of a run says of what must stay true, and of what its way back needs. Immutable.
 *
 * @param holds what must stay true
 * @param needs what the undo of the steps needs that are to come or may have taken effect
 * @param ready how many of those needs are not missing
 * @param missing the first that is missing, in one sentence; empty when none is
 * @param broken what must stay true and does not, in one sentence; empty when all do
 * @param mustSayWhy whether who lets it go on has to say why
 * @param askedAt when all of it had been asked the last time; null before
 */
public record WatchCard(
        List<Line> holds,
        List<Line> needs,
        int ready,
        String missing,
        String broken,
        boolean mustSayWhy,
        Instant askedAt) {

    /**
     * One condition.
     *
     * @param mark its state: silhouette, word and colour
     * @param name what it is called
     * @param step the number of the step whose undo needs it; 0 for a hold
     * @param detail what was answered, while it does not hold
     * @param since since when that is so; null while it holds
     * @param acceptedBy who lets the run go on against it; empty when nobody does
     */
    public record Line(Mark mark, String name, int step, String detail, Instant since, String acceptedBy) {}

    public WatchCard {
        holds = List.copyOf(holds);
        needs = List.copyOf(needs);
    }

    /** The card of this run; empty when nothing is watched. */
    static Optional<WatchCard> of(Walk walk, List<RunWatch> rows, Instant askedAt) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        var places = NeedPlace.of(walk);
        List<RunWatch> needed = rows.stream()
                .filter(row -> !row.isHold() && !row.place(places).isGone())
                .toList();
        boolean live = walk.run().purpose() == Purpose.LIVE;
        return Optional.of(new WatchCard(
                rows.stream()
                        .filter(RunWatch::isHold)
                        .map(row -> line(walk, row, places))
                        .toList(),
                needed.stream().map(row -> line(walk, row, places)).toList(),
                (int) needed.stream().filter(row -> !row.isLost()).count(),
                needed.stream()
                        .filter(RunWatch::isLost)
                        .findFirst()
                        .map(row -> missing(walk, row))
                        .orElse(""),
                rows.stream()
                        .filter(row -> row.isHold() && row.isLost())
                        .findFirst()
                        .map(RunWatch::sentence)
                        .orElse(""),
                !walk.run().isGoingBack() && Watches.against(rows, live).isPresent(),
                askedAt));
    }

    private static String missing(Walk walk, RunWatch row) {
        return "step " + walk.number(row.stepId()) + " needs " + row.name() + "; " + row.detail();
    }

    private static Line line(Walk walk, RunWatch row, Map<String, NeedPlace> places) {
        boolean fine = row.state().equals(RunWatch.HOLDS) || row.state().equals(RunWatch.UNASKED);
        return new Line(
                mark(row, row.place(places)),
                row.name(),
                row.isHold() ? 0 : walk.number(row.stepId()),
                fine ? "" : row.detail(),
                fine ? null : row.since(),
                row.acceptedBy() == null ? "" : row.acceptedBy());
    }

    private static Mark mark(RunWatch row, NeedPlace place) {
        return switch (row.state()) {
            case RunWatch.HOLDS -> Marks.of("ok", row.isHold() ? "Holds" : "There", "s-ok");
            case RunWatch.BROKEN ->
                row.isLost()
                        ? Marks.of("fail", row.isHold() ? "Broken" : "Missing", "s-fail")
                        : Marks.of("idle", place.isInEffect() ? "After other undos" : "Not there yet", "s-idle");
            case RunWatch.COULD_NOT_ASK -> Marks.of("unk", "Could not ask", "s-unk");
            default -> Marks.of("idle", "Not asked yet", "s-idle");
        };
    }

    /** The answer to "safe to go on, and back?". */
    public Mark answer() {
        if (isBroken()) {
            return Marks.of("fail", "Not now", "s-fail");
        }
        if (!isWayBackReady()) {
            return Marks.of("warn", "Way back not ready", "s-wait");
        }
        return askedAt == null ? Marks.of("idle", "Not asked yet", "s-idle") : Marks.of("ok", "Yes", "s-ok");
    }

    public boolean hasHolds() {
        return !holds.isEmpty();
    }

    public boolean hasNeeds() {
        return !needs.isEmpty();
    }

    public boolean isBroken() {
        return !broken.isEmpty();
    }

    /** Whether it has to be seen before anything else. */
    public boolean isUrgent() {
        return isBroken() || !isWayBackReady();
    }

    public boolean isWayBackReady() {
        return missing.isEmpty();
    }

    /** How many of those that must stay true do. */
    public long holding() {
        return holds.stream().filter(line -> line.mark().tone().equals("s-ok")).count();
    }
}
