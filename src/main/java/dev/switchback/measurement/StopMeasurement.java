package dev.switchback.measurement;

import dev.switchback.access.Caller;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.problem.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** A person ends a measurement. What was taken stands, and is never judged. */
@ApplicationScoped
public class StopMeasurement {

    @Inject
    Trail trail;

    @Inject
    Measurements measurements;

    @Inject
    MeasurementLeases leases;

    /**
     * Says so; whoever takes it ends within a second or two. Saying it twice is saying it once.
     *
     * @throws dev.switchback.problem.ProblemException 404 no such measurement; 409 it is over
     */
    public void stop(long id, Caller caller) {
        caller.requireScope("operate");
        QuarkusTransaction.requiringNew().run(() -> say(id, caller));
        leases.stopped(id, caller.name());
    }

    private void say(long id, Caller caller) {
        Measurement measurement = measurements.require(id);
        MeasureNow.requireRight(measurement.service(), measurement.environment(), caller);
        int said = measurements
                .getEntityManager()
                .createNativeQuery("UPDATE measurement SET stopped_by = coalesce(stopped_by, :by) WHERE id = :id"
                        + " AND state = 'running'")
                .setParameter("by", caller.name())
                .setParameter("id", id)
                .executeUpdate();
        if (said > 0) {
            trail.record(Entry.of("measurement.stop", "measurement", id)
                    .where(measurement.service(), measurement.environment().key()));
        } else {
            measurements.getEntityManager().refresh(measurement);
            throw Problem.conflict(
                            "Measurement " + id + " is over: it is "
                                    + measurement.state().word(),
                            "a measurement that is under way")
                    .toException();
        }
    }
}
