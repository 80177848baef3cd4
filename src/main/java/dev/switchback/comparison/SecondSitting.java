package dev.switchback.comparison;

import dev.switchback.measurement.Measurement;
import dev.switchback.measurement.MeasurementState;
import dev.switchback.measurement.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What makes a baseline that somebody took stronger: a second sitting of it, some time apart (grade C). */
@ApplicationScoped
public class SecondSitting {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    @Inject
    ChooseSides choose;

    @Inject
    InstantSource clock;

    /** In a sentence or two; empty for what is no baseline, or one too old for a second sitting. Needs a transaction. */
    public String words(Measurement measurement) {
        if (!isBaseline(measurement)) {
            return "";
        }
        Optional<Measurement> other = choose.quietBaseline(measurement);
        if (other.isPresent()) {
            return "Together with measurement " + other.get().id()
                    + " it is a baseline in two sittings: a comparison shows whether it holds still by itself (grade"
                    + " C).";
        }
        return clock.instant().isAfter(measurement.endedAt().plus(ChooseSides.LOOK_BACK))
                ? ""
                : "Measure before once more, at least " + choose.apart().toMinutes() + " minutes after "
                        + CLOCK.format(measurement.endedAt())
                        + " UTC and before anything is changed: a comparison then shows whether this baseline holds"
                        + " still by itself, and is grade C instead of D.";
    }

    private static boolean isBaseline(Measurement measurement) {
        return measurement.moment() == Moment.BEFORE
                && measurement.state() == MeasurementState.COMPLETE
                && measurement.run() == null
                && measurement.extendsComparison() == null
                && !measurement.isImported();
    }
}
