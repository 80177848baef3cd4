package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Durations;
import dev.switchback.web.Mark;
import dev.switchback.web.Marks;
import dev.switchback.web.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the page of a measurement shows.
 *
 * @param measurement the measurement
 * @param metrics its metrics
 * @param other the side that takes turns with it; null when it stands for itself
 * @param removedAt when its samples were removed, or null
 * @param now the moment of the picture
 */
public record MeasurementPage(
        Measurement measurement, List<MetricCard> metrics, Measurement other, Instant removedAt, Instant now) {

    /** How the version after is reached: {@code the version after is reached at web-new}. */
    public String versionAfter() {
        Measurement after = measurement.beside() == null ? other : measurement;
        return "the version after is reached " + after.besideWords();
    }

    /** What the service had to do besides: {@code CPU 23 %, then 25 %}; empty when nothing tells. */
    public String load() {
        return String.join(
                "; ", measurement.load().stream().map(MeasurementPage::load).toList());
    }

    private static String load(JsonNode one) {
        return one.path("name").asText() + " " + number(one, "before") + ", then " + number(one, "after");
    }

    private static String number(JsonNode one, String moment) {
        if (!one.path(moment).isNumber()) {
            return "not known";
        }
        double value = one.path(moment).asDouble();
        return one.path("share").asBoolean() ? Shown.share(value) : Shown.number(value);
    }

    /** Whether both sides are there to be compared. */
    public boolean canCompareBoth() {
        return measurement.state() == MeasurementState.COMPLETE && other.state() == MeasurementState.COMPLETE;
    }

    /** Where both sides are compared. */
    public String comparison() {
        boolean isAfter = measurement.beside() != null;
        long before = isAfter ? other.id() : measurement.id();
        long after = isAfter ? measurement.id() : other.id();
        return "/comparisons?before=" + before + "&after=" + after;
    }

    public boolean isOver() {
        return measurement.state().isFinal();
    }

    public Mark mark() {
        return Marks.measurement(measurement.state().word());
    }

    /** Whether it is under way and somebody has ended it. */
    public boolean isStopping() {
        return !isOver() && measurement.stoppedBy() != null;
    }

    public boolean isProduction() {
        return measurement.pinnedEnvironment().tier().isProduction();
    }

    /** How it stands, in a sentence. */
    public String sentence() {
        if (isStopping()) {
            return "It is being stopped by " + measurement.stoppedBy();
        }
        return switch (measurement.state()) {
            case RUNNING, PENDING -> running();
            case COMPLETE -> complete();
            case STOPPED, INTERRUPTED -> withoutState() + ". What was taken stands, and is never judged";
            case FAILED -> measurement.message();
        };
    }

    /** The state stands before the sentence: {@code Stopped} and then {@code by admin}. */
    private String withoutState() {
        String state = mark().word() + " ";
        return measurement.message().startsWith(state)
                ? measurement.message().substring(state.length())
                : measurement.message();
    }

    private String running() {
        Optional<JsonNode> progress = measurement.progress().map(JsonNode.class::cast);
        if (progress.isEmpty()) {
            return measurement.startedAt() == null
                    ? "Waits until another measurement is over"
                    : "Asks the environment who it is";
        }
        JsonNode at = progress.get();
        String block = at.path("block").asInt() == 0
                ? ""
                : ", block " + at.path("block").asInt() + " of "
                        + at.path("ofBlocks").asInt();
        String phase = at.path("phase").asText();
        return at.path("metric").asText() + block + (phase.equals("block") ? "" : ", " + phase);
    }

    private String complete() {
        int n = metrics.stream().mapToInt(each -> each.metric().n()).sum();
        int failed = metrics.stream().mapToInt(each -> each.metric().failed()).sum();
        String said = n == 0
                ? "There are no samples"
                : Words.count(n, "sample") + " of " + Words.count(metrics.size(), "metric") + ", "
                        + (failed == 0
                                ? "none failed"
                                : failed == n
                                        ? "every one failed: nothing but that can be compared with it"
                                        : Words.count(failed, "failed", "failed"));
        return measurement.message() == null ? said : said + ". " + measurement.message();
    }

    /** How much of it is done, of a thousand; null when nobody knows. */
    public Integer done() {
        if (isOver() || measurement.startedAt() == null || measurement.likelyEndAt() == null) {
            return null;
        }
        double past = Duration.between(measurement.startedAt(), now).toMillis();
        double all = Duration.between(measurement.startedAt(), measurement.likelyEndAt())
                .toMillis();
        return all <= 0 ? 1000 : (int) Math.max(0, Math.min(1000, 1000 * past / all));
    }

    /** About how long it still takes; empty when nobody knows. */
    public String left() {
        if (isOver()
                || measurement.likelyEndAt() == null
                || !measurement.likelyEndAt().isAfter(now)) {
            return "";
        }
        return Durations.words(Duration.ofSeconds(
                Duration.between(now, measurement.likelyEndAt()).toSeconds()));
    }

    /** How long it took; empty when it never began. */
    public String took() {
        boolean both = measurement.startedAt() != null && measurement.endedAt() != null;
        return both ? Durations.words(Duration.between(measurement.startedAt(), measurement.endedAt())) : "";
    }

    /** When it was taken, seen from the change. */
    public String moment() {
        return switch (measurement.moment()) {
            case BEFORE -> "before the change";
            case AFTER -> "after the change";
            case ADHOC -> "just to look";
        };
    }

    public boolean hasSamples() {
        return removedAt == null
                && metrics.stream().anyMatch(each -> each.metric().n() > 0);
    }

    /** Whether it asked so little that it proves nothing. */
    public boolean isQuick() {
        return measurement.amount().equals("quick");
    }
}
