package dev.switchback.engine;

import dev.switchback.measurement.MeasurementState;
import dev.switchback.measurement.Moment;
import dev.switchback.measurement.TakeForRun;
import dev.switchback.measurement.TakeForRun.MeasurementRow;
import dev.switchback.measurement.TakeForRun.RunSitting;
import dev.switchback.run.Legs;
import dev.switchback.run.Run;
import dev.switchback.run.RunLedger;
import dev.switchback.run.Runs;
import dev.switchback.sampling.Amount;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepLog;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out a step {@code measure: {metrics: [...]}}: the named metrics are measured at this place of the run, as the
 * moment {@code adhoc}; no comparison takes it for a side. In full, also in a run that measures no legs; quick in a run
 * that is quick. It changes nothing, so it may be made again.
 */
@ApplicationScoped
class MeasureStep {

    @Inject
    Runs runs;

    @Inject
    TakeForRun takeForRun;

    /** Measures, for minutes, and ends within a second or two when the brake is pulled. Holds no transaction. */
    Outcome take(Attempt attempt, Cancellation brake, StepLog log) {
        RunSitting sitting = QuarkusTransaction.requiringNew().call(() -> sitting(attempt));
        log.engine("measures " + String.join(", ", sitting.only()));
        return outcome(takeForRun.take(sitting, brake), brake);
    }

    private RunSitting sitting(Attempt attempt) {
        Run run = runs.require(attempt.run().id());
        return new RunSitting(
                run.id(),
                run.migration().id(),
                run.revision().id(),
                run.environment().id(),
                attempt.environment(),
                Legs.runbookOf(run).content(),
                run.service(),
                attempt.step().legNo(),
                attempt.step().leg().word(),
                Moment.ADHOC.word(),
                run.measure().equals("quick") ? Amount.QUICK : Amount.FULL,
                RunLedger.ENGINE,
                attempt.step().stepId(),
                names(attempt));
    }

    private static List<String> names(Attempt attempt) {
        var names = new ArrayList<String>();
        attempt.action().path("metrics").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** A pure function: what came of the measurement is what came of the step. */
    static Outcome outcome(MeasurementRow came, Cancellation brake) {
        String which = "Measurement " + came.id();
        String why = came.message().map(message -> ": " + message).orElse("");
        String expected = came.expected().orElse("a measurement that is taken to its end");
        if (came.state() == MeasurementState.COMPLETE) {
            Outcome complete = Outcome.succeeded(which + " is complete");
            return came.message().map(complete::withWarning).orElse(complete);
        }
        if (brake.isCancelled()) {
            boolean late =
                    brake.reason().filter(Cancellation.Reason.TIMEOUT::equals).isPresent();
            return Outcome.failed(
                    which + (late ? " was ended, because the time of the step was over" : " was stopped with the step")
                            + "; what it had taken stands, nothing was changed",
                    late ? "a longer timeout, or fewer blocks" : "a measurement that is taken to its end");
        }
        return came.state() == MeasurementState.STOPPED
                ? Outcome.failed(which + " did not come to its end" + why + "; nothing was changed", expected)
                : Outcome.errored(which + " could not be taken" + why, expected);
    }
}
