package dev.switchback.readiness;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.run.Purpose;
import dev.switchback.run.RunState;
import dev.switchback.step.Durations;
import dev.switchback.web.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything the gates look at, collected before anybody decides. Immutable.
 *
 * @param plan what is to be carried out
 * @param place where
 * @param reached what the last check of the place found; empty when its present revision was never checked
 * @param baseline the newest measurement before the change that proves something; empty when there is none
 * @param rehearsal the newest rehearsal of the same work in a lower tier that came to an end; empty when there is none
 * @param ticks how the checklist stands
 * @param assent who said yes to the run that is asked for
 * @param needs what the way back needs
 * @param neighbour the run that holds the lock there; empty when it is free
 * @param when the times that matter
 */
record Facts(
        Plan plan,
        Place place,
        Optional<Reached> reached,
        Optional<Baseline> baseline,
        Optional<Rehearsal> rehearsal,
        Ticks ticks,
        Assent assent,
        Needs needs,
        Optional<Neighbour> neighbour,
        When when) {

    /**
     * What is to be carried out.
     *
     * @param measures whether it declares metrics
     * @param probed whether it declares a probe
     * @param undos how many of its steps have an undo
     */
    record Plan(
            String migration,
            String service,
            int revision,
            String owner,
            String expected,
            String rollbackNote,
            boolean needsReview,
            boolean measures,
            boolean probed,
            int undos) {}

    /** Where, and for what. */
    record Place(EnvironmentContent content, Purpose purpose) {

        String key() {
            return content.key();
        }
    }

    /**
     * What a check of the place found.
     *
     * @param targets how many targets were asked
     * @param against what does not answer or is not what it should be
     * @param identities how many questions prove that it is the place
     */
    record Reached(Instant at, int targets, List<String> against, int identities) {}

    /** A measurement before the change. */
    record Baseline(long id, Instant at) {}

    /** Whether the old state was seen again after the way back. */
    enum OldState {
        SEEN,
        NOBODY_CAN_TELL,
        NOT_LOOKED
    }

    /**
     * What the judge said of it.
     *
     * @param met whether every declared intent came out; null when a person must decide
     */
    record Said(long comparison, Boolean met, String sentence) {}

    /** What its probe came to. */
    record Probed(boolean held, String sentence) {}

    /**
     * A rehearsal that came to an end.
     *
     * @param seen whether the one who asks may see it
     * @param changed what is not as it was then, and matters
     */
    record Rehearsal(
            long run,
            boolean seen,
            String environment,
            int revision,
            RunState state,
            Instant endedAt,
            OldState oldState,
            Optional<Said> said,
            Optional<Probed> probed,
            List<String> changed) {

        boolean passed() {
            return state == RunState.SUCCEEDED;
        }

        /** Its page. */
        String page() {
            return "/runs/" + run;
        }

        /**
         * What was found in it, as much of that as the one who asks may know: who does not see it learns whether it is
         * enough and how long ago it was, and neither where nor what came out.
         *
         * @param shows what it means for the gate, in a word or two before "in an environment"
         */
        Look told(Look look, String shows, Instant now) {
            if (seen) {
                return look;
            }
            String said = shows + " in an environment that you do not see, " + ago(now);
            return look.holds()
                    ? Look.holds(said, look.expected())
                    : Look.closed(
                            said + ", and that is not enough",
                            look.expected(),
                            "Ask somebody who sees it what is missing, or rehearse again");
        }

        private String ago(Instant now) {
            Duration ago = Duration.between(endedAt, now);
            if (ago.toHours() >= 48) {
                return Words.count(ago.toDays(), "day") + " ago";
            }
            return (ago.toHours() > 0 ? ago.toHours() + " h" : Math.max(1, ago.toMinutes()) + " min") + " ago";
        }
    }

    /**
     * How the checklist stands.
     *
     * @param open the titles of what is not ticked off, or not any more
     */
    record Ticks(int items, List<String> open) {}

    /**
     * Who said yes.
     *
     * @param needed how many have to
     * @param given how many did, and count
     * @param words who, and whose yes does not count any more and why
     * @param run the run that they were asked about; empty when nobody was asked
     */
    record Assent(int needed, int given, List<String> words, Optional<Long> run) {}

    /**
     * What the way back needs.
     *
     * @param declared how many conditions
     * @param against those that do not hold; empty when nobody asked yet
     * @param later those that do not hold yet, and that a step before their own may still make
     */
    record Needs(int declared, Optional<List<String>> against, List<String> later) {}

    /** Who holds the lock. */
    record Neighbour(long run, boolean seen, RunState state) {}

    /**
     * The times that matter.
     *
     * @param start when the run is to begin
     * @param rehearsalAge how old a rehearsal may be
     * @param baselineAge how old a baseline may be
     */
    record When(Instant now, Instant start, Duration rehearsalAge, Duration baselineAge) {}

    /** {@code 14 days}, {@code 36 h}: whole days as such. */
    static String words(Duration time) {
        boolean days = !time.isZero() && time.toSeconds() % Duration.ofDays(1).toSeconds() == 0;
        return days ? Words.count(time.toDays(), "day") : Durations.words(time);
    }
}
