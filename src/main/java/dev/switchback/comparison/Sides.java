package dev.switchback.comparison;

import dev.switchback.measurement.Measurement;
import dev.switchback.measurement.MeasurementState;
import dev.switchback.verdict.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is put side by side.
 *
 * @param run the run whose legs these are; null when somebody named measurements
 * @param legs every sitting, in the order in which they were carried out
 * @param interleaved whether both versions were up and their blocks took turns
 * @param extended whether blocks were added to one of the sides after a first look
 */
record Sides(Long run, List<Leg> legs, boolean interleaved, boolean extended) {

    /**
     * A sitting.
     *
     * @param name what the page calls it
     * @param side in which state it was taken
     */
    record Leg(String name, Side side, Measurement measurement) {}

    Sides {
        legs = List.copyOf(legs);
    }

    /** Puts the sittings in their order and gives each a name. */
    static Sides of(Long run, List<Measurement> before, List<Measurement> after) {
        List<Leg> inOrder = Stream.concat(
                        before.stream().map(each -> new Leg("", Side.BEFORE, each)),
                        after.stream().map(each -> new Leg("", Side.AFTER, each)))
                .sorted(Comparator.comparing((Leg leg) -> at(leg.measurement()))
                        .thenComparing(leg -> leg.measurement().id()))
                .toList();
        boolean interleaved = before.size() == 1 && after.size() == 1 && isPair(before.get(0), after.get(0));
        return new Sides(
                run, named(inOrder), interleaved, inOrder.stream().anyMatch(leg -> isAdded(leg.measurement())));
    }

    /** Whether the blocks of these two took turns. */
    static boolean isPair(Measurement before, Measurement after) {
        return before.id().equals(after.beside());
    }

    private static boolean isAdded(Measurement measurement) {
        return measurement.extendsComparison() != null;
    }

    /** When it was taken. */
    static Instant at(Measurement measurement) {
        return measurement.startedAt() == null ? measurement.createdAt() : measurement.startedAt();
    }

    private static List<Leg> named(List<Leg> inOrder) {
        var named = new ArrayList<Leg>();
        Set<String> taken = new HashSet<>();
        for (Leg leg : inOrder) {
            boolean again = named.stream().anyMatch(other -> other.side() == leg.side());
            boolean otherBetween = named.stream().anyMatch(other -> other.side() != leg.side());
            String name = isAdded(leg.measurement())
                    ? leg.side().name().toLowerCase(Locale.ROOT) + ", added"
                    : name(leg.side(), again, otherBetween);
            named.add(new Leg(unused(name, taken), leg.side(), leg.measurement()));
        }
        return named;
    }

    private static String name(Side side, boolean again, boolean otherBetween) {
        if (side == Side.AFTER) {
            return again ? "after again" : "after";
        }
        return again && otherBetween ? "rolled back" : again ? "before again" : "before";
    }

    private static String unused(String name, Set<String> taken) {
        String tried = name;
        for (int number = 2; !taken.add(tried); number++) {
            tried = name + " " + number;
        }
        return tried;
    }

    /** The measurements of a side. */
    List<Measurement> of(Side side) {
        return legs.stream()
                .filter(leg -> leg.side() == side)
                .map(Leg::measurement)
                .toList();
    }

    /** The newest of a side, a complete one if there is any. */
    Measurement newest(Side side) {
        return of(side).stream()
                .max(Comparator.comparing((Measurement each) -> each.state() == MeasurementState.COMPLETE)
                        .thenComparing(Measurement::id))
                .orElseThrow();
    }
}
