package dev.switchback.run;

import dev.switchback.environment.EnvironmentContent;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.web.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who said yes to a run, whose yes counts, and why another's does not. A pure function: nobody has to void anything when a
 * revision is written. Immutable.
 *
 * @param needed how many it takes
 * @param rows everything that was said, in order
 */
public record Assent(int needed, List<Row> rows) {

    public Assent {
        rows = List.copyOf(rows);
    }

    /**
     * What one person said.
     *
     * @param why why it does not count; null when it does
     */
    public record Row(Approval approval, String why) {

        public boolean counts() {
            return why == null;
        }

        /** "reviewer approved 2026-11-23 09:12:00 UTC", and why it does not count. */
        public String words() {
            String said = approval.person() + " " + approval.said() + " " + Labels.full(approval.at());
            return counts() ? said : said + ", which counts no more: " + why;
        }
    }

    /**
     * The world in which a run that has not begun is judged.
     *
     * @param present the present revision of the migration
     * @param environment the environment as it is now
     * @param mayApprove whether this person may approve such a run by now
     */
    record Today(
            MigrationRevision present, EnvironmentContent environment, Predicate<String> mayApprove, Instant now) {}

    /** What was said to a run that has not begun, as it counts today. */
    static Assent today(Run run, List<Approval> said, Today today) {
        Optional<String> overtaken = overtaken(run, today.present(), today.environment());
        return new Assent(
                run.approvalsNeeded(),
                said.stream()
                        .map(each -> new Row(
                                each,
                                why(each, today.now())
                                        .or(() -> today.mayApprove().test(each.person())
                                                ? overtaken
                                                : Optional.of(each.person() + " may not approve it by now"))
                                        .orElse(null)))
                        .toList());
    }

    /** What was said to a run that has begun or is over, as it counted at that moment: what comes later changes nothing. */
    static Assent asOf(Run run, List<Approval> said, Instant moment) {
        return new Assent(
                run.approvalsNeeded(),
                said.stream()
                        .map(each -> new Row(each, why(each, moment).orElse(null)))
                        .toList());
    }

    private static Optional<String> why(Approval said, Instant moment) {
        if (!said.isYes()) {
            return Optional.of("it was a no");
        }
        if (said.isExpired(moment)) {
            return Optional.of("it was good until " + Labels.full(said.expiresAt()));
        }
        return Optional.ofNullable(said.withdrawnAt()).map(at -> "taken back " + Labels.full(at));
    }

    /**
     * Why nobody can say yes to this run any more: what would be carried out is not what the migration or the environment
     * say now. A run of an older revision, asked for as such, is overtaken only by what was written since.
     */
    static Optional<String> overtaken(Run run, MigrationRevision present, EnvironmentContent today) {
        boolean edited = !present.contentHash().equals(run.revision().contentHash())
                && run.askedAtRevision()
                        .map(then -> present.number() > then)
                        .orElseGet(() -> present.createdAt().isAfter(run.createdAt()));
        if (edited) {
            return Optional.of("revision " + present.number() + " was written since, and this is about revision "
                    + run.revision().number());
        }
        return run.pinnedEnvironment().actsAs(today)
                ? Optional.empty()
                : Optional.of("the targets, variables or identity of " + today.key() + " were changed since");
    }

    /** How many count. */
    public int given() {
        return (int) rows.stream().filter(Row::counts).count();
    }

    public boolean isEnough() {
        return given() >= needed;
    }

    /** How many are still missing. */
    public int missing() {
        return Math.max(0, needed - given());
    }
}
