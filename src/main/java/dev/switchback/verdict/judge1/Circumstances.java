package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Comparison;
import dev.switchback.verdict.Leg;
import dev.switchback.verdict.Load;
import dev.switchback.verdict.Reason;
import dev.switchback.verdict.Sample;
import dev.switchback.verdict.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;

/** What went on around the measurement: rows 2 to 5. */
final class Circumstances {

    private static final double LATE = 0.05;
    private static final double ACHIEVED = 0.95;
    private static final double LOAD_DIFFERS = 1.25;
    private static final double SMALL_RATE = 1;
    private static final double SMALL_SHARE = 0.10;

    private final Comparison comparison;
    private final Measured measured;

    Circumstances(Comparison comparison, Measured measured) {
        this.comparison = comparison;
        this.measured = measured;
    }

    /** Row 2: what must be equal and is not. */
    Optional<Hold> somethingElseDiffers() {
        var differences = new ArrayList<String>();
        differences.addAll(differ(sitting -> sitting.leg().conditions()));
        differences.addAll(differ(sitting -> sitting.samples().conditions()));
        differences.addAll(Objects.requireNonNullElse(comparison.unexpectedSettings(), List.of()));
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hold(Reason.NC_TARGET, "Between the sides " + Figures.list(differences) + "."));
    }

    private List<String> differ(Function<Sitting, Map<String, String>> conditions) {
        List<Map<String, String>> all =
                measured.sittings().stream().map(conditions).toList();
        var names = new TreeSet<String>();
        all.forEach(one -> names.addAll(one.keySet()));
        return names.stream()
                .map(name ->
                        differs(name, all.stream().map(one -> one.get(name)).toList()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> differs(String name, List<String> values) {
        String first = values.get(0);
        return values.stream()
                .filter(value -> !Objects.equals(first, value))
                .findFirst()
                .or(() -> values.contains(null) && first != null ? Optional.of("") : Optional.empty())
                .map(other -> name + " was " + shown(first) + " and is " + shown(other));
    }

    private static String shown(String value) {
        return value == null || value.isEmpty() ? "unknown" : value;
    }

    /** Row 3. */
    Optional<Hold> anotherChange() {
        List<String> changes = measured.sittings().stream()
                .flatMap(sitting -> sitting.leg().otherChanges().stream())
                .distinct()
                .toList();
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Hold(Reason.NC_OTHER_CHANGE, "While it was measured: " + Figures.list(changes) + "."));
    }

    /** Row 4: our own side was too slow. */
    Optional<Hold> proberOverloaded() {
        return measured.sittings().stream()
                .map(Circumstances::overloaded)
                .flatMap(Optional::stream)
                .findFirst()
                .map(words -> new Hold(Reason.NC_PROBER, words));
    }

    private static Optional<String> overloaded(Sitting sitting) {
        double late = late(List.of(sitting));
        if (late > LATE) {
            return Optional.of(Figures.share(late) + " of the requests "
                    + sitting.leg().name() + " were sent late because our side was slow; 5 % may be.");
        }
        Double planned = sitting.samples().plannedRate();
        Double achieved = sitting.samples().achievedRate();
        return planned == null || achieved == null || achieved >= ACHIEVED * planned
                ? Optional.empty()
                : Optional.of("Only " + Figures.number(achieved) + " of " + Figures.number(planned)
                        + " requests a second were sent " + sitting.leg().name() + ".");
    }

    static double late(List<Sitting> sittings) {
        List<Sample> all = Measured.all(sittings);
        return all.isEmpty() ? 0 : (double) all.stream().filter(Sample::late).count() / all.size();
    }

    /** Row 5: what others did to the service, where it is known. */
    Optional<Hold> loadDiffers() {
        return loads(measured.sittings()).stream()
                .filter(Circumstances::differs)
                .findFirst()
                .map(pair ->
                        new Hold(Reason.NC_LOAD, Figures.capital(pair.words()) + "; a quarter more or less may be."));
    }

    private static boolean differs(Loads pair) {
        double low = Math.min(pair.before(), pair.after());
        double high = Math.max(pair.before(), pair.after());
        return high > low * LOAD_DIFFERS && high - low > (pair.share() ? SMALL_SHARE : SMALL_RATE);
    }

    /** What is known of both sides, by name. */
    static List<Loads> loads(List<Sitting> sittings) {
        return sittings.stream()
                .flatMap(sitting -> sitting.leg().load().stream())
                .map(Load::name)
                .distinct()
                .map(name -> loads(name, sittings))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Loads> loads(String name, List<Sitting> sittings) {
        OptionalDouble before = mean(name, sittings, Side.BEFORE);
        OptionalDouble after = mean(name, sittings, Side.AFTER);
        boolean share = sittings.stream()
                .flatMap(sitting -> sitting.leg().load().stream())
                .anyMatch(load -> load.name().equals(name) && load.share());
        return before.isEmpty() || after.isEmpty()
                ? Optional.empty()
                : Optional.of(new Loads(name, before.getAsDouble(), after.getAsDouble(), share));
    }

    private static OptionalDouble mean(String name, List<Sitting> sittings, Side side) {
        return sittings.stream()
                .filter(sitting -> sitting.side() == side)
                .map(Sitting::leg)
                .map(Leg::load)
                .flatMap(List::stream)
                .filter(load -> load.name().equals(name))
                .mapToDouble(Load::value)
                .average();
    }

    /** One number about the load, on both sides. */
    record Loads(String name, double before, double after, boolean share) {

        String words() {
            return share
                    ? name + " was " + Figures.share(before) + ", then " + Figures.share(after)
                    : name + " were " + Figures.number(before) + ", then " + Figures.number(after);
        }
    }
}
