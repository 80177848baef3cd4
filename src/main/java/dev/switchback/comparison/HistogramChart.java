package dev.switchback.comparison;

import dev.switchback.verdict.CacheState;
import dev.switchback.verdict.MetricFacts.Histogram;
import dev.switchback.verdict.MetricFacts.SideFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Response times before (up) and after (down) over the same logarithmic axis, as an SVG.
 *
 * @param title which answers these are
 * @param says the same in words, for who does not see it
 * @param width of the drawing; {@code height} likewise
 * @param middle where the axis between the sides is
 * @param before the outline of the side before
 * @param after the outline of the side after
 * @param ticks times along the axis
 * @param marks medians and 95th percentiles
 */
public record HistogramChart(
        String title,
        String says,
        int width,
        int height,
        int middle,
        String before,
        String after,
        List<Tick> ticks,
        List<Tick> marks) {

    private static final int LEFT = 52;
    private static final int TOP = 14;
    private static final int[] STEPS = {1, 2, 5};

    /** A line across, with its words. */
    public record Tick(double x, int from, int to, int textY, String anchor, double textX, String words) {}

    static HistogramChart of(Histogram histogram, SideFacts before, SideFacts after, int width) {
        return new Drawing(histogram, width).chart(before, after);
    }

    private static final class Drawing {
        private final Histogram histogram;
        private final int width;
        private final int height = 190;
        private final int middle = 88;
        private final double low;
        private final double high;
        private final double most;

        Drawing(Histogram histogram, int width) {
            this.histogram = histogram;
            this.width = width;
            this.low = Math.log(Math.max(1e-3, histogram.edges().get(0)));
            this.high = Math.log(
                    Math.max(2e-3, histogram.edges().get(histogram.edges().size() - 1)));
            this.most = Stream.concat(histogram.before().stream(), histogram.after().stream())
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(1);
        }

        HistogramChart chart(SideFacts before, SideFacts after) {
            var marks = new ArrayList<Tick>();
            if (before != null) {
                mark(marks, "p50", before.p50(), TOP, middle, TOP + 4, true);
                mark(marks, "p95", before.p95(), TOP, middle, TOP + 4, false);
            }
            if (after != null) {
                mark(marks, "p50", after.p50(), middle, height - 22, height - 22, true);
                mark(marks, "p95", after.p95(), middle, height - 22, height - 22, false);
            }
            return new HistogramChart(
                    title(),
                    title() + ": before, p50 " + words(before == null ? null : before.p50()) + "; after, p50 "
                            + words(after == null ? null : after.p50()),
                    width,
                    height,
                    middle,
                    outline(histogram.before(), -1),
                    outline(histogram.after(), 1),
                    ticks(),
                    marks);
        }

        private static String words(Double ms) {
            return ms == null ? "unknown" : Amounts.time(ms);
        }

        private String title() {
            return switch (histogram.cache() == null ? CacheState.UNKNOWN : histogram.cache()) {
                case HIT -> "Answers from a cache";
                case MISS -> "Answers made freshly";
                case BYPASS -> "Answers that went around the cache";
                case UNKNOWN -> "All answers";
            };
        }

        private double x(double ms) {
            double place = (Math.log(Math.max(1e-3, ms)) - low) / Math.max(1e-9, high - low);
            return LEFT + Math.min(1, Math.max(0, place)) * (width - LEFT - 8);
        }

        private String outline(List<Integer> bins, int down) {
            var path = new StringBuilder("M" + number(x(histogram.edges().get(0))) + " " + middle);
            for (int i = 0; i < bins.size(); i++) {
                double y = middle + down * bins.get(i) / most * (middle - TOP - 8);
                path.append("V")
                        .append(number(y))
                        .append("H")
                        .append(number(x(histogram.edges().get(i + 1))));
            }
            return path.append("V").append(middle).append("Z").toString();
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, "%.1f", value);
        }

        private List<Tick> ticks() {
            var ticks = new ArrayList<Tick>();
            double last = -100;
            for (int power = -1; power < 6; power++) {
                for (int step : STEPS) {
                    double ms = step * Math.pow(10, power);
                    if (Math.log(ms) > low && Math.log(ms) < high && x(ms) - last > 56 && x(ms) < width - 24) {
                        last = x(ms);
                        ticks.add(new Tick(last, 8, height - 20, height - 8, "middle", last, Amounts.time(ms)));
                    }
                }
            }
            return ticks;
        }

        private void mark(List<Tick> marks, String name, Double ms, int from, int to, int textY, boolean left) {
            if (ms == null || !Double.isFinite(ms)) {
                return;
            }
            double x = x(ms);
            boolean toTheLeft = left && x > LEFT + 60 || x > width - 70;
            marks.add(new Tick(
                    x,
                    from,
                    to,
                    textY,
                    toTheLeft ? "end" : "start",
                    x + (toTheLeft ? -4 : 4),
                    name + " " + Amounts.time(ms)));
        }
    }
}
