package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Grade;
import dev.switchback.verdict.MetricClass;
import dev.switchback.verdict.Numbers;
import dev.switchback.verdict.Numbers.Scale;
import dev.switchback.verdict.Reason;
import dev.switchback.verdict.Side;

/** What the page says about one look. Plain words; no test, no "significant". */
final class Sentences {

    private static final double TWICE = 1;

    private final Look look;
    private final Numbers numbers;

    Sentences(Look look, Numbers numbers) {
        this.look = look;
        this.numbers = numbers;
    }

    String of(Hold hold) {
        return switch (hold.reason()) {
            case REGRESSED, IMPROVED -> changed(hold.reason());
            case NO_CHANGE -> unchanged();
            case INC_REVERSAL ->
                range() + " " + look.reversal().words() + " " + hold.reason().words() + ".";
            case INC_SUSPECT -> range() + " Possibly worse, but not sure enough among so many looks; " + more();
            case INC_NOISY -> range() + " Too noisy to say; " + more();
            default -> hold.reason().words() + ". " + hold.words();
        };
    }

    /** "Cold p50", "Failed requests". */
    String subject() {
        if (look.endpoint() == Endpoint.VALUE) {
            return Figures.capital(look.measured().metric().name());
        }
        MetricClass metricClass = look.measured().metric().metricClass();
        return look.endpoint().time() && metricClass != MetricClass.ANY
                ? Figures.capital(metricClass.key()) + " " + look.endpoint().words()
                : Figures.capital(look.endpoint().words());
    }

    private String changed(Reason reason) {
        String afterwards = reason == Reason.IMPROVED
                        && look.measured().design().grade() == Grade.D
                        && look.endpoint().time()
                ? " afterwards"
                : "";
        return subject() + " went from " + fromTo() + ": " + size(numbers.change()) + afterwards + interval() + ". "
                + reason.words() + ". Evidence: "
                + look.measured().design().grade().words() + ".";
    }

    private String fromTo() {
        if (look.endpoint() == Endpoint.ERRORS) {
            return Figures.whole(look.measured().failed(Side.BEFORE).part()) + " of "
                    + Figures.whole(look.measured().failed(Side.BEFORE).of()) + " to "
                    + Figures.whole(look.measured().failed(Side.AFTER).part()) + " of "
                    + Figures.whole(look.measured().failed(Side.AFTER).of());
        }
        return Figures.fromTo(value(numbers.before()), value(numbers.after()));
    }

    private String value(double value) {
        return switch (look.endpoint()) {
            case P50, P95 -> Figures.time(value);
            case ERRORS, HIT_RATIO -> Figures.share(value);
            case DB_CALLS -> Figures.number(value);
            case VALUE ->
                (Figures.number(value) + " " + look.measured().metric().unit()).trim();
        };
    }

    /** "23 % faster", "4.3 points more", "3 fewer in every request". */
    private String size(double change) {
        return switch (numbers.scale()) {
            case RATIO ->
                change >= TWICE
                        ? Figures.number(1 + change) + (look.endpoint().time() ? " times as long" : " times as much")
                        : Figures.percent(change) + " % " + direction(change);
            case POINTS ->
                Figures.points(change)
                        + (Figures.points(change).equals("1") ? " point " : " points ")
                        + direction(change);
            case DIFFERENCE -> (Figures.number(Math.abs(change)) + " " + unit()).trim() + " " + direction(change);
            case EXACT -> Figures.number(Math.abs(change)) + " " + direction(change) + " in every request";
        };
    }

    private String unit() {
        return look.endpoint() == Endpoint.VALUE ? look.measured().metric().unit() : "";
    }

    private String direction(double change) {
        boolean less = change < 0;
        return switch (look.endpoint()) {
            case P50, P95 -> less ? "faster" : "slower";
            case ERRORS, HIT_RATIO -> less ? "fewer" : "more";
            case DB_CALLS -> less ? "fewer" : "more";
            case VALUE -> less ? "lower" : "higher";
        };
    }

    private String interval() {
        if (numbers.scale() == Scale.EXACT || infinite()) {
            return "";
        }
        return " (" + percentOfInterval() + " % interval " + ends() + ")";
    }

    private boolean infinite() {
        return Double.isInfinite(look.estimate().shift().low());
    }

    private String percentOfInterval() {
        return Figures.number(100 * (1 - look.measured().level()));
    }

    /** The ends of an interval that lies on one side of nothing, smaller first; otherwise both with their direction. */
    private String ends() {
        double low = numbers.low();
        double high = numbers.high();
        if (!oneSide()) {
            return size(low) + " to " + size(high);
        }
        double near = low > 0 ? low : high;
        double far = low > 0 ? high : low;
        return switch (numbers.scale()) {
            case RATIO -> Figures.percent(near) + " to " + Figures.percent(far) + " %";
            case POINTS -> Figures.points(near) + " to " + Figures.points(far);
            default -> Figures.number(Math.abs(near)) + " to " + Figures.number(Math.abs(far));
        };
    }

    /** Whether both ends can share one direction; from twice on a ratio is said as "times". */
    private boolean oneSide() {
        boolean times = numbers.scale() == Scale.RATIO && numbers.high() >= TWICE;
        return numbers.high() < 0 || numbers.low() > 0 && !times;
    }

    private String unchanged() {
        String unchanged = subject() + " " + value(numbers.after()) + ", was " + value(numbers.before()) + ": ";
        if (numbers.scale() == Scale.EXACT) {
            return subject() + " " + value(numbers.after()) + " in every request, as before. No change.";
        }
        String small = look.estimate().excludesNothing()
                ? " " + Figures.capital(size(numbers.change())) + ", too small to matter."
                : "";
        return unchanged + between() + ". Within the " + limit() + " you set." + small + " No change.";
    }

    private String limit() {
        return switch (numbers.scale()) {
            case RATIO ->
                numbers.floorMs() == null ? Figures.limit(numbers.threshold()) : Figures.time(numbers.floorMs());
            case POINTS ->
                Figures.points(numbers.threshold())
                        + (Figures.points(numbers.threshold()).equals("1") ? " point" : " points");
            default -> (Figures.number(numbers.threshold()) + " " + unit()).trim();
        };
    }

    private String between() {
        if (oneSide()) {
            return "between " + ends() + " " + direction(numbers.change());
        }
        return "between " + size(numbers.low()) + " and " + size(numbers.high());
    }

    private String range() {
        String went = subject() + ": ";
        return infinite() ? went + size(numbers.change()) + "." : went + between() + ".";
    }

    /** What would settle it. */
    private String more() {
        if (look.isSecond()) {
            return "this was the second look, and there is no third: measure both sides anew, or decide with a reason.";
        }
        if (numbers.blocksNeeded() != null && numbers.blocksNeeded() > Settling.MOST) {
            return "more than " + Settling.MOST + " blocks a side would be needed to see " + limit()
                    + ": set a larger limit, or measure something quieter.";
        }
        if (numbers.blocksMore() == null) {
            return "the change is close to the " + limit() + " you set, and more blocks may not settle it.";
        }
        String time = numbers.minutesMore() == null ? "" : " (" + Figures.duration(numbers.minutesMore() * 60) + ")";
        return "about " + Figures.count(numbers.blocksMore(), "more block", "more blocks") + time + " would settle it.";
    }
}
