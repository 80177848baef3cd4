package dev.switchback.migration;

import dev.switchback.access.Seen;
import dev.switchback.access.Sight;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.web.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody is looking for. Empty means: any.
 *
 * @param text words that must all be in it, in any order and case, each as the beginning of a word
 * @param service the exact service
 * @param owner the exact owner
 * @param state one state, or all that are open
 * @param environment the key of an environment in which it ran, or is running
 * @param needsReview whether somebody must look at it first
 * @param within the only services of which anything may be seen; empty for all
 * @param archived which of those that were put away; none by default
 */
public record MigrationQuery(
        Optional<String> text,
        Optional<String> service,
        Optional<String> owner,
        Optional<Stand> state,
        Optional<String> environment,
        Optional<Boolean> needsReview,
        Archived archived,
        Optional<Set<String>> within) {

    /** All that fit, whoever asks. */
    public MigrationQuery(
            Optional<String> text,
            Optional<String> service,
            Optional<String> owner,
            Optional<Stand> state,
            Optional<String> environment,
            Optional<Boolean> needsReview,
            Archived archived) {
        this(text, service, owner, state, environment, needsReview, archived, Optional.empty());
    }

    /**
     * Only those of them that may be seen; where something ran is told only to who may see what runs there, so looking
     * for an environment finds only the services of which they may see it.
     */
    public MigrationQuery within(Sight sight) {
        Seen seen = sight.seen();
        return new MigrationQuery(
                text,
                service,
                owner,
                state,
                environment,
                needsReview,
                archived,
                environment.map(seen::servicesIn).orElseGet(seen::services));
    }

    /** The services that are asked for and may be seen; empty when that is all of them. */
    Optional<List<String>> only() {
        Optional<List<String>> seen = within.map(all -> all.stream().sorted().toList());
        return service.map(one -> seen.map(all -> all.contains(one)).orElse(true) ? List.of(one) : List.<String>of())
                .or(() -> seen);
    }

    /** Everything that was not put away. */
    public static final MigrationQuery ANY = new MigrationQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Archived.NO);

    /** Where those stand that are looked for: in a state, or open, which is neither done nor abandoned. */
    public record Stand(String word, List<MigrationState> states) {

        /** The word for all that are neither done nor abandoned. */
        public static final String OPEN = "open";

        static Stand of(MigrationState state) {
            return new Stand(state.word(), List.of(state));
        }

        static Stand open() {
            return new Stand(
                    OPEN,
                    Stream.of(MigrationState.values())
                            .filter(state -> state != MigrationState.DONE && state != MigrationState.ABANDONED)
                            .toList());
        }
    }

    /** What about those that were put away. */
    public enum Archived {
        /** Leave them out. */
        NO("false", List.of(false)),
        /** Only them. */
        ONLY("true", List.of(true)),
        /** They count like all others. */
        ALSO("all", List.of(false, true));

        private final String word;
        private final List<Boolean> marks;

        Archived(String word, List<Boolean> marks) {
            this.word = word;
            this.marks = marks;
        }

        /** The spelling in an address. */
        public String word() {
            return word;
        }

        List<Boolean> marks() {
            return marks;
        }
    }

    /**
     * What an address says, as it says it; null where it says nothing.
     *
     * @param state a state, or {@code open}
     * @param needsReview {@code true} or {@code false}
     * @param archived {@code false}, {@code true} or {@code all}
     */
    public record Asked(
            String text,
            String service,
            String owner,
            String state,
            String environment,
            String needsReview,
            String archived) {

        /** The same with nothing said as an empty text, and without the one sign that no database takes. */
        Asked plain() {
            return new Asked(
                    plain(text),
                    plain(service),
                    plain(owner),
                    plain(state),
                    plain(environment),
                    plain(needsReview),
                    plain(archived));
        }

        /** All that it says, in one text that nothing else says; only of a plain one. */
        String key() {
            return String.join("\0", text, service, owner, state, environment, needsReview, archived);
        }

        private static String plain(String said) {
            return said == null ? "" : said.strip().replace('\0', '\ufffd');
        }
    }

    /**
     * Reads an address.
     *
     * @throws dev.switchback.problem.ProblemException 422 with every value that is not one, and what is allowed
     */
    public static MigrationQuery of(Asked address) {
        Asked asked = address.plain();
        var violations = new ArrayList<Violation>();
        var query = new MigrationQuery(
                Query.filled(asked.text()),
                Query.filled(asked.service()),
                Query.filled(asked.owner()),
                Query.filled(asked.state()).flatMap(word -> stand(word, violations)),
                Query.filled(asked.environment()),
                Query.filled(asked.needsReview()).flatMap(word -> flag(word, violations)),
                Query.filled(asked.archived())
                        .flatMap(word -> archived(word, violations))
                        .orElse(Archived.NO));
        if (!violations.isEmpty()) {
            throw Problem.content(violations).toException();
        }
        return query;
    }

    private static Optional<Stand> stand(String word, List<Violation> violations) {
        if (word.equals(Stand.OPEN)) {
            return Optional.of(Stand.open());
        }
        Optional<Stand> stand = Stream.of(MigrationState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .map(Stand::of);
        if (stand.isEmpty()) {
            violations.add(Violation.of(
                    "state",
                    "There is no migration state “" + word + "”",
                    Arrays.stream(MigrationState.values())
                                    .map(MigrationState::word)
                                    .collect(Collectors.joining(", ")) + " or " + Stand.OPEN));
        }
        return stand;
    }

    private static Optional<Boolean> flag(String word, List<Violation> violations) {
        if (word.equals("true") || word.equals("false")) {
            return Optional.of(word.equals("true"));
        }
        violations.add(Violation.of("needsReview", "needsReview is “" + word + "”", "true or false"));
        return Optional.empty();
    }

    private static Optional<Archived> archived(String word, List<Violation> violations) {
        Optional<Archived> archived = Stream.of(Archived.values())
                .filter(each -> each.word().equals(word))
                .findFirst();
        if (archived.isEmpty()) {
            violations.add(Violation.of("archived", "archived is “" + word + "”", "false, true or all"));
        }
        return archived;
    }

    /** The same, in whatever state. */
    MigrationQuery inAnyState() {
        return new MigrationQuery(text, service, owner, Optional.empty(), environment, needsReview, archived, within);
    }

    /** This list of an address of its own, with its filters; without a position in it. */
    public String address(String path) {
        return Query.of(path)
                .with("q", text.orElse(null))
                .with("state", state.map(Stand::word).orElse(null))
                .with("service", service.orElse(null))
                .with("owner", owner.orElse(null))
                .with("environment", environment.orElse(null))
                .with("needsReview", needsReview.orElse(null))
                .with("archived", archived == Archived.NO ? null : archived.word())
                .toString();
    }
}
