package dev.switchback.comparison;

import dev.switchback.measurement.Measurement;
import dev.switchback.measurement.MeasurementConfig;
import dev.switchback.measurement.Measurements;
import dev.switchback.measurement.Moment;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which sittings are put side by side, and refuses what makes no sense to compare. */
@ApplicationScoped
class ChooseSides {

    /** The judge asks for at least so much between two sittings of a baseline. */
    static final Duration LEAST_APART = Duration.ofMinutes(15);

    /** A second sitting of the baseline is looked for this far back. */
    static final Duration LOOK_BACK = Duration.ofHours(24);

    private static final int LOOKED_AT = 20;

    /** A run that took no baseline itself may lean on one that is not older. */
    private static final Duration BASELINE_OF_RUN = Duration.ofDays(7);

    @Inject
    Measurements measurements;

    @Inject
    Comparisons comparisons;

    @Inject
    OtherChanges changes;

    @Inject
    MeasurementConfig config;

    /** How far apart two sittings of a baseline must be. */
    Duration apart() {
        return config.baselineApart().compareTo(LEAST_APART) < 0 ? LEAST_APART : config.baselineApart();
    }

    /**
     * Those that somebody named, and a second sitting of the baseline if there is one. Blocks that were added to a
     * comparison belong to its sittings, all of them and no others: that is the second look, and the judge is told so.
     *
     * @throws ProblemException 404 when one does not exist, 409 while one is being taken, 422 when they do not belong
     *     together
     */
    Sides named(List<Long> before, List<Long> after) {
        List<Measurement> befores = all(before);
        List<Measurement> afters = all(after);
        var every = new ArrayList<>(befores);
        every.addAll(afters);
        requireApart(before, after);
        requireTogether(every);
        requireOver(every);
        Optional<KeptComparison> first = firstLook(every);
        boolean sideBySide = befores.size() == 1 && afters.size() == 1 && Sides.isPair(befores.get(0), afters.get(0));
        if (first.isEmpty() && befores.size() == 1 && !sideBySide) {
            quietBaseline(befores.get(0), afters).ifPresent(befores::add);
        }
        return Sides.of(first.map(KeptComparison::run).orElse(null), befores, afters);
    }

    /** The comparison to which blocks were added, if there are such among these. */
    private Optional<KeptComparison> firstLook(List<Measurement> every) {
        List<Measurement> added =
                every.stream().filter(each -> each.extendsComparison() != null).toList();
        if (added.isEmpty()) {
            return Optional.empty();
        }
        Measurement one = added.get(0);
        KeptComparison first = comparisons.require(one.extendsComparison());
        Set<Long> belong = new TreeSet<>(first.input().measurements());
        belong.add(one.id());
        Set<Long> named = every.stream().map(Measurement::id).collect(Collectors.toCollection(TreeSet::new));
        if (added.size() > 1 || !named.equals(belong)) {
            throw wrong(
                    one.moment().word(),
                    "Measurement " + one.id() + " was added to comparison " + first.id()
                            + "; it is judged together with the sittings of that one, and with no others",
                    "the measurements " + belong.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return Optional.of(first);
    }

    private List<Measurement> all(List<Long> ids) {
        return new ArrayList<>(
                new LinkedHashSet<>(ids).stream().map(measurements::require).toList());
    }

    private static void requireApart(List<Long> before, List<Long> after) {
        Set<Long> both = new LinkedHashSet<>(before);
        both.retainAll(after);
        if (!both.isEmpty()) {
            throw wrong(
                    "after",
                    "Measurement " + both.iterator().next() + " stands on both sides",
                    "two different measurements");
        }
    }

    private static void requireTogether(List<Measurement> all) {
        Measurement first = all.get(0);
        for (Measurement other : all) {
            if (!other.migration().id().equals(first.migration().id())) {
                throw wrong(
                        "after",
                        "Measurement " + first.id() + " is of migration "
                                + first.migration().key() + ", " + other.id() + " of "
                                + other.migration().key(),
                        "two measurements of the same migration");
            }
            if (!other.environment().id().equals(first.environment().id())) {
                throw wrong(
                        "after",
                        "Measurement " + first.id() + " was taken in "
                                + first.environment().key() + ", " + other.id() + " in "
                                + other.environment().key(),
                        "two measurements in the same environment: one place says nothing of another");
            }
            if (!other.service().equals(first.service())) {
                throw wrong(
                        "after",
                        "Measurement " + first.id() + " is of service " + first.service() + ", " + other.id() + " of "
                                + other.service(),
                        "two measurements of the same service");
            }
        }
    }

    private static ProblemException wrong(String field, String message, String expected) {
        return Problem.content(List.of(Violation.of(field, message, expected))).toException();
    }

    private static void requireOver(List<Measurement> all) {
        List<Measurement> going =
                all.stream().filter(each -> !each.state().isFinal()).toList();
        if (!going.isEmpty()) {
            throw Problem.conflict(
                            (going.size() == 1 ? "Measurement " : "Measurements ")
                                    + going.stream().map(each -> "" + each.id()).collect(Collectors.joining(", "))
                                    + (going.size() == 1 ? " is" : " are") + " still being taken",
                            "measurements that are over; nothing was compared, ask again then")
                    .with("measurement", "/api/v1/measurements/" + going.get(0).id())
                    .toException();
        }
    }

    /**
     * Another complete sitting of the same baseline, taken the same way and at least a quarter of an hour apart: earlier,
     * or later and still before anything was measured after the change; with no deploy in between.
     */
    private Optional<Measurement> quietBaseline(Measurement before, List<Measurement> afters) {
        if (before.moment() != Moment.BEFORE || !knowsItsTimes(before)) {
            return Optional.empty();
        }
        Instant start = Sides.at(before);
        Instant change =
                afters.stream().map(Sides::at).min(Comparator.naturalOrder()).orElse(start.plus(LOOK_BACK));
        return sittings(before, start.minus(LOOK_BACK), change).stream()
                .filter(each -> !each.endedAt().isAfter(start.minus(apart()))
                        || !Sides.at(each).isBefore(before.endedAt().plus(apart())))
                .filter(this::knowsItsTimes)
                .filter(each -> specs(each).containsAll(specs(before)))
                .filter(each -> changes.deployedBetween(each, before).isEmpty()
                        && changes.deployedBetween(before, each).isEmpty())
                .findFirst();
    }

    /** Other complete sittings of this baseline that ended in between, the newest first. */
    private List<Measurement> sittings(Measurement before, Instant from, Instant to) {
        return measurements
                .find(
                        "migration = ?1 and environment = ?2 and moment = 'before' and state = 'complete'"
                                + " and amount = ?3 and endedAt >= ?4 and endedAt <= ?5 and revision.workHash = ?6"
                                + " and id <> ?7 and extendsId is null order by endedAt desc",
                        before.migration(),
                        before.environment(),
                        before.amount(),
                        from,
                        to,
                        before.revision().workHash(),
                        before.id())
                .page(0, LOOKED_AT)
                .list();
    }

    /** Another complete sitting that makes a baseline of two together with this one; empty while there is none. */
    Optional<Measurement> quietBaseline(Measurement before) {
        return quietBaseline(before, List.of());
    }

    private Set<String> specs(Measurement measurement) {
        return measurements.metricsOf(measurement).stream()
                .map(metric -> metric.name() + " " + metric.specHash())
                .collect(Collectors.toSet());
    }

    /** Samples of another tool may come without the time of day. */
    private boolean knowsItsTimes(Measurement measurement) {
        return !measurement.isImported()
                || measurements.metricsOf(measurement).stream()
                        .flatMap(metric -> metric.facts().stream())
                        .allMatch(facts -> facts.path("timesKnown").asBoolean());
    }

    /**
     * The legs of a run; where it took no baseline itself, the newest one that was fresh when it was needed.
     *
     * @throws ProblemException 404 when it measured nothing, 409 while it is still measuring
     */
    Sides ofRun(long run) {
        List<Measurement> all = measurements.seenSidesOf(run);
        requireOver(all);
        var befores = new ArrayList<>(at(all, Moment.BEFORE));
        List<Measurement> afters = at(all, Moment.AFTER);
        if (befores.isEmpty()) {
            afters.stream()
                    .min(Comparator.comparing(Sides::at))
                    .flatMap(this::baselineFor)
                    .ifPresent(befores::add);
        }
        if (befores.isEmpty() || afters.isEmpty()) {
            throw Problem.notFound(
                            "Run " + run + " measured nothing "
                                    + (all.isEmpty()
                                            ? ""
                                            : befores.isEmpty() ? "before its change" : "after its change"),
                            "a run that measures before and after: measure full or quick")
                    .toException();
        }
        return Sides.of(run, befores, afters);
    }

    private static List<Measurement> at(List<Measurement> all, Moment moment) {
        return all.stream().filter(each -> each.moment() == moment).toList();
    }

    private Optional<Measurement> baselineFor(Measurement after) {
        return measurements
                .find(
                        "migration = ?1 and environment = ?2 and moment = 'before' and state = 'complete' and endedAt"
                                + " <= ?3 and endedAt >= ?4 and revision.workHash = ?5 and amount <> 'quick' and extendsId"
                                + " is null order by endedAt desc",
                        after.migration(),
                        after.environment(),
                        Sides.at(after),
                        Sides.at(after).minus(BASELINE_OF_RUN),
                        after.revision().workHash())
                .firstResultOptional();
    }
}
