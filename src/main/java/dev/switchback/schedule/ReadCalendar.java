package dev.switchback.schedule;

import dev.switchback.environment.Environment;
import dev.switchback.environment.EnvironmentContent.Freeze;
import dev.switchback.environment.Environments;
import dev.switchback.environment.OpenTimes;
import dev.switchback.environment.Window.Span;
import dev.switchback.run.PlannedRuns;
import dev.switchback.run.PlannedRuns.PlannedRun;
import dev.switchback.run.Purpose;
import dev.switchback.run.Run;
import dev.switchback.run.RunLabels;
import dev.switchback.web.Words;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what is planned between two moments, as far as it may be seen: a few statements, however much it is. */
@ApplicationScoped
public class ReadCalendar {

    /** What is always open, and what is open for days, is no appointment. */
    private static final Duration NO_APPOINTMENT = Duration.ofHours(36);

    @Inject
    Environments environments;

    @Inject
    PlannedRuns runs;

    @Inject
    Deploys deploys;

    /**
     * What is asked for.
     *
     * @param environment the key of the only one; empty for all
     * @param service the only one; empty for all
     */
    public record Question(Instant from, Instant to, Optional<String> environment, Optional<String> service) {

        private boolean asksFor(Environment place) {
            return environment.isEmpty() || environment.get().equals(place.key());
        }
    }

    /**
     * What was found.
     *
     * @param items in order of time
     * @param cut what there is more of than is shown, as a word in the plural each: runs, deploys
     */
    public record Found(List<CalendarItem> items, List<String> cut) {

        /** Copies what it is given. */
        public Found {
            items = List.copyOf(items);
            cut = List.copyOf(cut);
        }
    }

    /** All of it, but at most 200 runs and 200 deploys, those that come first. Needs a transaction. */
    public Found find(Question asked) {
        Map<Long, Environment> places = environments.byTier().stream()
                .filter(asked::asksFor)
                .collect(Collectors.toMap(Environment::id, Function.identity()));
        PlannedRuns.Between planned = runs.between(asked.from(), asked.to(), asked.environment(), asked.service());
        Deploys.Between announced = deploys.between(asked.from(), asked.to(), asked.environment(), asked.service());
        var items = new ArrayList<CalendarItem>();
        places.values().forEach(place -> items.addAll(times(place, asked)));
        planned.all().stream()
                .map(each -> run(each, planned.all(), announced.all()))
                .forEach(items::add);
        announced.all().stream().map(ReadCalendar::deploy).forEach(items::add);
        items.sort(Comparator.comparing(CalendarItem::from)
                .thenComparing(CalendarItem::kind)
                .thenComparing(CalendarItem::environment)
                .thenComparing(CalendarItem::title));
        return new Found(
                items,
                Stream.of(planned.isCut() ? "runs" : "", announced.isCut() ? "deploys" : "")
                        .filter(each -> !each.isEmpty())
                        .toList());
    }

    private static List<CalendarItem> times(Environment place, Question asked) {
        OpenTimes times = place.content().openTimes();
        var items = new ArrayList<CalendarItem>();
        for (Freeze freeze : times.freezes()) {
            if (freeze.from().isBefore(asked.to()) && freeze.to().isAfter(asked.from())) {
                items.add(item("freeze", new Span(freeze.from(), freeze.to()), place, freeze(freeze)));
            }
        }
        if (!times.windows().isEmpty()) {
            times.between(asked.from(), asked.to()).stream()
                    .filter(span -> Duration.between(span.from(), span.to()).compareTo(NO_APPOINTMENT) < 0)
                    .forEach(span -> items.add(item("window", span, place, "Live runs are allowed")));
        }
        return items;
    }

    private static String freeze(Freeze freeze) {
        return freeze.reason().isEmpty() ? "No live run begins" : freeze.reason();
    }

    private static CalendarItem item(String kind, Span span, Environment place, String title) {
        return new CalendarItem(
                kind,
                span.from(),
                span.to(),
                place.key(),
                place.tier().word(),
                null,
                title,
                "/environments/" + place.key(),
                List.of());
    }

    private static CalendarItem run(PlannedRun planned, List<PlannedRun> all, List<Deploy> announced) {
        Run run = planned.run();
        var wish = new Conflicts.Wish(run.startAt(), planned.usually().orElse(null), run.purpose() == Purpose.LIVE);
        return new CalendarItem(
                "run",
                run.startAt(),
                planned.usually().map(run.startAt()::plus).orElse(null),
                run.environment().key(),
                run.environment().tier().word(),
                run.service(),
                Words.sentence(RunLabels.kind(run)) + " of " + run.migration().key(),
                "/runs/" + run.id(),
                Conflicts.of(
                        wish,
                        run.environment().content().openTimes(),
                        all.stream()
                                .filter(other -> !other.run().id().equals(run.id()) && isSamePlace(other.run(), run))
                                .map(LookAhead::other)
                                .toList(),
                        announced.stream()
                                .filter(deploy -> deploy.where().equals(run.where()))
                                .map(LookAhead::announced)
                                .toList()));
    }

    private static boolean isSamePlace(Run one, Run other) {
        return one.where().equals(other.where());
    }

    private static CalendarItem deploy(Deploy deploy) {
        return new CalendarItem(
                "deploy",
                deploy.at(),
                null,
                deploy.environment().key(),
                deploy.environment().tier().word(),
                deploy.service(),
                deploy.service() + " " + deploy.version() + ", announced by " + deploy.announcedBy(),
                null,
                List.of());
    }
}
