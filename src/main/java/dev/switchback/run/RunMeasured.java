package dev.switchback.run;

import dev.switchback.comparison.KeptComparison;
import dev.switchback.measurement.Measurement;
import dev.switchback.web.Mark;
import dev.switchback.web.Marks;
import java.util.List;
import java.util.Optional;

/**
 * What a run has measured, for its page. Immutable.
 *
 * @param sittings in the order in which they were taken
 * @param verdict the number of the comparison; null while nobody has compared
 * @param sentence what the judge said; null while nobody has compared
 * @param grade how strong the evidence is, A to D; null while nobody has compared
 */
public record RunMeasured(List<Sitting> sittings, Long verdict, String sentence, String grade) {

    /** One of them: the number of the measurement, when it was taken, and how it ended. */
    public record Sitting(long id, String when, Mark mark) {

        static Sitting of(Measurement measurement) {
            return new Sitting(
                    measurement.id(),
                    when(measurement),
                    Marks.measurement(measurement.state().word()));
        }

        private static String when(Measurement measurement) {
            if (measurement.step().isPresent()) {
                return "At step " + measurement.step().get();
            }
            return switch (measurement.legNo()) {
                case 1 ->
                    measurement.moment().word().equals("before") ? "Before the first step" : "After the way there";
                case 2 -> "After the way back";
                default -> "After the second way there";
            };
        }
    }

    /** Empty when nothing was measured. */
    static Optional<RunMeasured> of(List<Measurement> taken, Optional<KeptComparison> said) {
        return taken.isEmpty()
                ? Optional.empty()
                : Optional.of(new RunMeasured(
                        taken.stream().map(Sitting::of).toList(),
                        said.map(KeptComparison::id).orElse(null),
                        said.map(KeptComparison::sentence).orElse(null),
                        said.map(KeptComparison::grade).orElse(null)));
    }
}
