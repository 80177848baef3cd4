package dev.switchback.migration;

import dev.switchback.migration.MigrationQuery.Asked;
import dev.switchback.problem.Problem;
import dev.switchback.web.Count;
import dev.switchback.web.Query;
import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The list of migrations with its filters. The address holds the whole view.
 *
 * @param asked what the address says; empty where it says nothing
 * @param problem what the address says that cannot be, or null
 * @param rows what is on this page
 * @param next the link to what follows, or null
 * @param ended whether the page ended before it was full, because enough rows were looked at in vain
 * @param start the link to the first page, or null when this is the first
 * @param counts how many there are in each state
 * @param choices what there is to choose from
 */
public record MigrationList(
        Asked asked,
        Problem problem,
        Rows rows,
        String next,
        boolean ended,
        String start,
        Map<MigrationState, Count> counts,
        Choices choices) {

    /**
     * What there is to choose from.
     *
     * @param services the services, or none when there are too many to choose from
     * @param owners the owners, likewise
     * @param environments the keys of the environments
     */
    public record Choices(Options services, Options owners, Options environments) {}

    /** Rows of the table, written. */
    public record Rows(RawString html, boolean isEmpty) {

        static final Rows NONE = new Rows(new RawString(""), true);
    }

    /** What one filter offers. */
    public record Options(List<Choice> all) {

        static Options of(List<String> values, String chosen) {
            return new Options(values.stream()
                    .map(value -> new Choice(value, value.equals(chosen)))
                    .toList());
        }
    }

    /** A value to choose. */
    public record Choice(String value, boolean isChosen) {}

    /** A counted link. */
    public record Tab(String word, String title, String count, String link, boolean isCurrent) {}

    /** A view as a link. */
    public record View(String title, String link, boolean isCurrent) {}

    /** All, open, and every state that there is. */
    public List<Tab> tabs() {
        var tabs = new ArrayList<Tab>();
        tabs.add(tab("", "All", sum(List.of(MigrationState.values()))));
        tabs.add(tab("open", "Open", sum(MigrationQuery.Stand.open().states())));
        for (MigrationState state : MigrationState.values()) {
            if (counts.containsKey(state) || asked.state().equals(state.word())) {
                tabs.add(tab(state.word(), null, counts.getOrDefault(state, Count.NONE)));
            }
        }
        return tabs;
    }

    private Tab tab(String word, String title, Count count) {
        return new Tab(word, title, count.words(), inState(word), asked.state().equals(word));
    }

    private Count sum(List<MigrationState> states) {
        return states.stream()
                .map(state -> counts.getOrDefault(state, Count.NONE))
                .reduce(Count.NONE, Count::plus);
    }

    /** How many are on all pages of this list together, in words. */
    public String heading() {
        Count shown = tabs().stream()
                .filter(Tab::isCurrent)
                .findFirst()
                .map(tab -> countOf(tab.word()))
                .orElse(Count.NONE);
        String noun = shown.number() == 1 && !shown.andMore() ? " migration" : " migrations";
        return shown.words() + noun + (isFiltered() ? " found" : "");
    }

    private Count countOf(String word) {
        return switch (word) {
            case "" -> sum(List.of(MigrationState.values()));
            case "open" -> sum(MigrationQuery.Stand.open().states());
            default -> counts.getOrDefault(MigrationState.of(word), Count.NONE);
        };
    }

    /** Views that people come back to. */
    public List<View> views() {
        var views = Stream.of(
                view("Everything open", Query.of("/migrations").with("state", "open")),
                view("Needs a review", Query.of("/migrations").with("needsReview", true)),
                view("Rehearsed and not live yet", Query.of("/migrations").with("state", "rehearsed")),
                view("Archived", Query.of("/migrations").with("archived", true)));
        if (asked.owner().isEmpty()) {
            return views.toList();
        }
        return Stream.concat(
                        views,
                        Stream.of(view(
                                "Open, owned by " + asked.owner(),
                                Query.of("/migrations").with("state", "open").with("owner", asked.owner()))))
                .toList();
    }

    private View view(String title, Query address) {
        return new View(title, address.toString(), address.toString().equals(inState(asked.state())));
    }

    private String inState(String state) {
        return Query.of("/migrations")
                .with("state", state)
                .with("q", asked.text())
                .with("needsReview", asked.needsReview())
                .with("service", asked.service())
                .with("owner", asked.owner())
                .with("environment", asked.environment())
                .with("archived", asked.archived().equals("false") ? "" : asked.archived())
                .toString();
    }

    /** Whether anything narrows the list. */
    public boolean isFiltered() {
        return !(asked.text()
                        + asked.service()
                        + asked.owner()
                        + asked.state()
                        + asked.environment()
                        + asked.needsReview()
                        + asked.archived())
                .isEmpty();
    }

    /** Whether a filter behind the fold is set. */
    public boolean isNarrowed() {
        return !(asked.service() + asked.owner() + asked.environment() + asked.needsReview() + asked.archived())
                .isEmpty();
    }

    /** Whether what was typed has neither letter nor digit. */
    public boolean isWordless() {
        return !asked.text().isEmpty()
                && SearchWords.asked(asked.text()).words().isEmpty();
    }

    /** How many words count, when more were typed; else 0. */
    public int wordsThatCount() {
        return SearchWords.asked(asked.text()).isCut() ? SearchWords.ASKED_AT_MOST : 0;
    }
}
