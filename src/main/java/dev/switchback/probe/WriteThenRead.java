package dev.switchback.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.sampling.HttpSender;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.step.Action;
import dev.switchback.verdict.Probe.Failure;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes something that was not there before and reads it at once. When the write was answered as a success and the read
 * does not show it, the write was lost. {@code {probe}} stands for the value, another one each time.
 */
final class WriteThenRead implements Sending {

    /** Answers that say that it is not there; whatever else goes wrong says nothing about the write. */
    private static final Set<Failure> NOT_THERE =
            EnumSet.of(Failure.CLIENT_ERROR, Failure.WRONG_STATUS, Failure.WRONG_BODY);

    private final String value;
    private final Request write;
    private final Request read;

    /**
     * @param declared {@code writeThenRead} of the probe
     * @param value makes what this run writes its own
     */
    WriteThenRead(ProbePlan plan, ObjectNode declared, String value, TrackingSecrets secrets, HttpSender sender) {
        Duration timeout = new Action(declared).duration("timeout").orElse(plan.timeout());
        this.value = value;
        this.write = new Request(plan, (ObjectNode) declared.get("write"), timeout, secrets, sender, false);
        this.read = new Request(plan, (ObjectNode) declared.get("read"), timeout, secrets, sender, false);
    }

    @Override
    public Result send(long turn) {
        Map<String, String> probe = Map.of("probe", value + "-" + turn);
        Result written = write.send(turn, probe);
        if (written.failure() != null) {
            return written.saying("the write failed: " + written.message());
        }
        Result seen = read.send(turn, probe);
        if (seen.failure() == null) {
            return seen;
        }
        return NOT_THERE.contains(seen.failure())
                ? seen.failing(Failure.LOST_WRITE)
                        .saying("what was written is not there when it is read: " + seen.message())
                : seen.saying("the read after a write failed: " + seen.message());
    }
}
