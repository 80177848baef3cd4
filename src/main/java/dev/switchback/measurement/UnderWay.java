package dev.switchback.measurement;

import dev.switchback.step.Cancellation;

/** A measurement that this instance takes just now: its brake, and how it ends when that is pulled. Thread-safe. */
final class UnderWay {

    private final long id;
    private final Cancellation brake;
    private MeasurementState end = MeasurementState.STOPPED;
    private String why;

    /** @param brake ends the measurement; whoever pulls it without a word stops it */
    UnderWay(long id, Cancellation brake) {
        this.id = id;
        this.brake = brake;
    }

    long id() {
        return id;
    }

    Cancellation brake() {
        return brake;
    }

    /** A person ends it. */
    void stop(String by) {
        end(MeasurementState.STOPPED, "Stopped by " + by);
    }

    /** Nobody wanted it to end, and it has to. */
    void interrupt(String reason) {
        end(MeasurementState.INTERRUPTED, reason);
    }

    /** It ends as this one does, with the same words: the two take turns. */
    void endsWith(UnderWay other) {
        other.brake().onCancel(() -> end(other.end(), other.why()));
    }

    private void end(MeasurementState state, String reason) {
        synchronized (this) {
            if (why == null) {
                end = state;
                why = reason;
            }
        }
        brake.cancel(Cancellation.Reason.ABORTED);
    }

    /** How it ends now that the brake was pulled. */
    synchronized MeasurementState end() {
        return end;
    }

    /** Why, in a sentence. */
    synchronized String why() {
        return why == null ? "Stopped" : why;
    }
}
