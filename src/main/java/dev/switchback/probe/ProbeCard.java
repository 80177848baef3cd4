package dev.switchback.probe;

import dev.switchback.probe.ProbeStore.Stretch;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What the page of a run says and draws of its probe; all numbers are ready for the drawing, 300 wide.
 *
 * @param running whether it still goes on
 * @param view what came of it; null before the first probes are written
 * @param rate how it is sent, in words
 * @param from when it began
 * @param to until when it is known
 * @param bars the strip: one row for new connections, one for the kept-open one
 * @param marks where steps began, with their numbers
 * @param p50 the middle of the response times as points of a line
 * @param p95 the slow end
 * @param top the response time at the top of the drawing, ms
 * @param lastP95 the newest, ms
 * @param removedAt when the probes themselves were removed; null as long as they are kept
 * @param kept for how long they were
 */
public record ProbeCard(
        boolean running,
        ProbeView view,
        String rate,
        Instant from,
        Instant to,
        List<Bar> bars,
        List<Mark> marks,
        String p50,
        String p95,
        long top,
        long lastP95,
        Instant removedAt,
        String kept) {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    static final int STRETCHES = 100;
    private static final double WIDTH = 300;
    private static final double HEIGHT = 70;

    /** A stretch of one prober. */
    public record Bar(double x, double width, int y, String look) {
        public boolean isFailed() {
            return look.equals("p-fail");
        }
    }

    /** The begin of a step. */
    public record Mark(double x, String label) {}

    /** When a step began; {@code label} is its number. */
    public record Begin(String label, Instant at) {}

    static Duration stretch(Instant from, Instant to) {
        long whole = Math.max(1, Duration.between(from, to).toMillis());
        return Duration.ofMillis(Math.max(2_000, (whole / STRETCHES / 1000 + 1) * 1000));
    }

    static ProbeCard of(ProbeStore.Row row, Duration stretch, List<Stretch> stretches, List<Begin> begins) {
        Instant to = row.writtenUntil() == null ? row.beganAt() : row.writtenUntil();
        double whole =
                Math.max(stretch.toMillis(), Duration.between(row.beganAt(), to).toMillis());
        double step = WIDTH * stretch.toMillis() / whole;
        double top = stretches.stream()
                .filter(each -> each.p95() != null)
                .mapToDouble(Stretch::p95)
                .max()
                .orElse(1);
        long rounded = (long) Math.max(1, Math.ceil(top));
        var bars = new ArrayList<Bar>();
        for (Stretch each : stretches) {
            double x = Math.max(0, Math.min(WIDTH - 1, each.no() * step));
            bars.add(new Bar(
                    tenth(x),
                    tenth(Math.max(1, Math.min(step, WIDTH - x) - 0.6)),
                    each.prober() == Prober.Kind.NEW ? 4 : 16,
                    look(each)));
        }
        var marks = new ArrayList<Mark>();
        for (Begin begin : begins) {
            double x = WIDTH * Duration.between(row.beganAt(), begin.at()).toMillis() / whole;
            if (x >= 0
                    && x <= WIDTH
                    && (marks.isEmpty() || x - marks.get(marks.size() - 1).x() > 10)) {
                marks.add(new Mark(tenth(x), begin.label()));
            }
        }
        var slow = new TreeMap<Long, Double>();
        var middle = new TreeMap<Long, Double>();
        for (Stretch each : stretches) {
            if (each.p95() != null) {
                slow.merge(each.no(), each.p95(), Math::max);
                middle.merge(each.no(), each.p50(), (a, b) -> (a + b) / 2);
            }
        }
        return new ProbeCard(
                row.running(),
                row.result() == null ? null : ProbeView.of(row.result()),
                rate(row.plan()),
                row.beganAt(),
                to,
                bars,
                marks,
                line(middle, step, rounded),
                line(slow, step, rounded),
                rounded,
                slow.isEmpty() ? 0 : Math.round(slow.lastEntry().getValue()),
                row.removedAt(),
                row.kept());
    }

    private static String look(Stretch each) {
        if (each.failed() > 0) {
            return "p-fail";
        }
        return each.sent() == 0 ? "p-none" : "p-ok";
    }

    private static String line(TreeMap<Long, Double> values, double step, long top) {
        var points = new StringBuilder();
        values.forEach((no, value) -> points.append(tenth(Math.min(WIDTH, (no + 0.5) * step)))
                .append(',')
                .append(tenth(20 + HEIGHT - HEIGHT * value / top))
                .append(' '));
        return points.toString().strip();
    }

    private static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static String rate(ProbePlan plan) {
        double perSecond = 1000.0 / plan.every().toMillis();
        String each = perSecond >= 1
                ? Math.round(perSecond) + " a second"
                : "one every " + Math.round(plan.every().toMillis() / 1000.0) + " s";
        String more = (plan.slowRequest().isPresent() ? ", one slow request after the other" : "")
                + (plan.writeThenRead().isPresent() ? ", a write and a read every second" : "");
        return each + " on new connections and as many on a kept-open one" + more + ", to "
                + plan.target().name();
    }

    private static String number(int count) {
        return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(count);
    }

    /** "0 of 8,040". */
    public String count() {
        return view == null ? "0 of 0" : view.count();
    }

    /** When it began, UTC: "22:01". */
    public String fromClock() {
        return CLOCK.format(from);
    }

    public String toClock() {
        return CLOCK.format(to);
    }

    public boolean hasTimes() {
        return !p95.isEmpty();
    }

    public boolean isFine() {
        return view != null && view.sent() > 0 && view.failed() == 0;
    }

    public boolean hasFailed() {
        return view != null && view.failed() > 0;
    }

    /** The answer to "is it up?". */
    public String answer() {
        if (view == null || view.sent() == 0) {
            return "Not known yet";
        }
        if (view.failed() == 0) {
            return running ? "Yes" : view.withoutDowntime() ? "Without downtime" : "No failure seen";
        }
        return number(view.failed()) + " failed";
    }

    /** The failures by kind: "3 refused, 2 timed out". */
    public String kinds() {
        return view == null
                ? ""
                : view.kinds().entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(java.util.stream.Collectors.joining(", "));
    }
}
