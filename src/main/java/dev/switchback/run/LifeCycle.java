package dev.switchback.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One table of transitions: from this state, when this happens, to that state. What is not in the table is refused.
 * Immutable once built.
 *
 * @param <S> the states
 * @param <H> what can happen
 */
public final class LifeCycle<S extends Enum<S>, H extends Enum<H>> {

    /** One row of the table. */
    public record Transition<S, H>(S from, H happening, S to) {}

    private final List<Transition<S, H>> rows;
    private final Map<S, Map<H, S>> table;

    private LifeCycle(Class<S> states, Class<H> happenings, List<Transition<S, H>> rows) {
        this.rows = List.copyOf(rows);
        this.table = new EnumMap<>(states);
        for (var row : rows) {
            S before = table.computeIfAbsent(row.from(), state -> new EnumMap<>(happenings))
                    .putIfAbsent(row.happening(), row.to());
            if (before != null) {
                throw new IllegalArgumentException("two rows for " + row.from() + " and " + row.happening());
            }
        }
    }

    /** The state after this happened, or empty when it cannot happen now. */
    public Optional<S> next(S from, H happening) {
        return Optional.ofNullable(table.getOrDefault(from, Map.of()).get(happening));
    }

    /** The states in which this can happen, in their order. */
    public String whenPossible(H happening) {
        return rows.stream()
                .filter(row -> row.happening() == happening)
                .map(row -> row.from().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    /** Every row, in the order they were written. */
    public List<Transition<S, H>> rows() {
        return rows;
    }

    static <S extends Enum<S>, H extends Enum<H>> Builder<S, H> of(Class<S> states, Class<H> happenings) {
        return new Builder<>(states, happenings);
    }

    static final class Builder<S extends Enum<S>, H extends Enum<H>> {
        private final Class<S> states;
        private final Class<H> happenings;
        private final List<Transition<S, H>> rows = new ArrayList<>();

        private Builder(Class<S> states, Class<H> happenings) {
            this.states = states;
            this.happenings = happenings;
        }

        Builder<S, H> on(S from, H happening, S to) {
            rows.add(new Transition<>(from, happening, to));
            return this;
        }

        Builder<S, H> onAny(Collection<S> from, H happening, S to) {
            from.forEach(state -> on(state, happening, to));
            return this;
        }

        LifeCycle<S, H> build() {
            return new LifeCycle<>(states, happenings, rows);
        }
    }
}
