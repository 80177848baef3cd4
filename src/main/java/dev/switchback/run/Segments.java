package dev.switchback.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The progress of a run as bars, one for each step, as wide as the step usually takes: drawn by the server, so that it
 * prints and needs no script. In units of a picture 1000 wide. Immutable.
 *
 * @param bars from left to right
 * @param label the same in words
 */
public record Segments(List<Bar> bars, String label) {

    private static final double WIDTH = 1000;
    private static final double GAP = 3;
    /** No step is narrower than this share of an average one, however short it is. */
    private static final double LEAST = 0.25;

    /** One bar; numbers are written as SVG wants them. */
    public record Bar(String css, String x, String width) {}

    public Segments {
        bars = List.copyOf(bars);
    }

    /** The bars of every leg that is laid out. */
    public static Segments of(Walk walk, StepTimes times, Instant now) {
        List<RunStep> steps = walk.steps();
        double[] weights = weights(steps, times);
        double unit = (WIDTH - GAP * (steps.size() - 1))
                / java.util.Arrays.stream(weights).sum();
        var bars = new ArrayList<Bar>();
        double x = 0;
        for (int i = 0; i < steps.size(); i++) {
            double width = Math.max(0.5, weights[i] * unit);
            if (isNoReturn(walk, steps.get(i))) {
                bars.add(bar("sg-nogo", Math.max(0, x - GAP), GAP));
            }
            bars.add(bar(css(steps.get(i)), x, width));
            if (steps.get(i).state() == StepState.RUNNING) {
                bars.add(bar("sg-fill", x, width * share(steps.get(i), times, now)));
            }
            x += width + GAP;
        }
        return new Segments(bars, label(walk));
    }

    private static boolean isNoReturn(Walk walk, RunStep step) {
        return step.leg() != Leg.BACK
                && walk.runbook()
                        .pointOfNoReturn()
                        .filter(point -> point.id().equals(step.stepId()))
                        .isPresent();
    }

    private static double[] weights(List<RunStep> steps, StepTimes times) {
        double[] seconds = steps.stream()
                .mapToDouble(step -> times.of(step).map(Duration::toMillis).orElse(-1L) / 1000.0)
                .toArray();
        double known =
                java.util.Arrays.stream(seconds).filter(s -> s >= 0).average().orElse(1);
        double average = Math.max(known, 0.001);
        return java.util.Arrays.stream(seconds)
                .map(s -> s < 0 ? average : Math.max(s, average * LEAST))
                .toArray();
    }

    private static double share(RunStep step, StepTimes times, Instant now) {
        double usual = times.of(step).map(Duration::toMillis).orElse(0L);
        double gone = step.startedAt() == null
                ? 0
                : Duration.between(step.startedAt(), now).toMillis();
        return usual <= 0 ? 0.5 : Math.min(0.95, Math.max(0.05, gone / usual));
    }

    private static String css(RunStep step) {
        return switch (step.state()) {
            case SUCCEEDED -> step.leg() == Leg.BACK ? "sg-back" : "sg-ok";
            case ROLLED_BACK -> "sg-back";
            case RUNNING -> "sg-run";
            case WAITING -> "sg-wait";
            case FAILED -> "sg-fail";
            case UNKNOWN -> "sg-unk";
            case SKIPPED -> "sg-skip";
            case PENDING -> "sg-idle";
        };
    }

    private static Bar bar(String css, double x, double width) {
        return new Bar(css, number(x), number(width));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String label(Walk walk) {
        long passed =
                walk.steps().stream().filter(step -> step.state().isPassed()).count();
        return passed + " of " + walk.steps().size() + " steps done on "
                + (walk.run().legNo() == 1 ? "the first leg" : walk.run().legNo() + " legs")
                + NoReturn.of(walk)
                        .map(point -> "; no way back behind step " + point.number())
                        .orElse("");
    }
}
