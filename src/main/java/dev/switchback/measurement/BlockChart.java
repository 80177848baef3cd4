package dev.switchback.measurement;

import dev.switchback.measurement.BlockValues.Kind;
import dev.switchback.measurement.BlockValues.Point;
import dev.switchback.measurement.BlockValues.Series;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The run chart of a metric: a dot a block in the order of time, a line at the median. Drift is visible to the naked eye.
 * Inline SVG whose colours are classes; it holds numbers and fixed words only.
 *
 * @param series what is drawn
 * @param unit ms, calls, or null
 */
record BlockChart(List<Series> series, String unit) {

    private static final int HEIGHT = 190;
    private static final int LEFT = 48;
    private static final int RIGHT = 8;
    private static final int TOP = 10;
    private static final int BOTTOM = 26;

    /** Whether there is anything to draw. */
    boolean isEmpty() {
        return series.isEmpty();
    }

    /** What is on it, for who cannot see it. */
    String words() {
        return series.stream()
                .map(each -> each.points().size() + (each.points().size() == 1 ? " block" : " blocks")
                        + (each.kind() == Kind.ALL ? "" : " " + each.kind().words()) + ", median "
                        + Shown.value(each.median(), unit))
                .collect(Collectors.joining("; "));
    }

    /** The picture, so wide in units of its text. */
    String svg(int width) {
        Scale scale = Scale.of(series);
        var svg = new StringBuilder("<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>"
                .formatted(width, HEIGHT, "Blocks in time order: " + words()));
        scale.ticks().forEach(tick -> tick(svg, scale, tick, width));
        series.forEach(each -> draw(svg, scale, each, width));
        blocks(svg, width);
        return svg.append("</svg>").toString();
    }

    private void tick(StringBuilder svg, Scale scale, double value, int width) {
        double y = y(scale, value);
        svg.append(text(
                        "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                        LEFT, width - RIGHT, y, y))
                .append(text("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", LEFT - 6, y + 4))
                .append(Shown.value(value, unit))
                .append("</text>");
    }

    private void draw(StringBuilder svg, Scale scale, Series each, int width) {
        double median = y(scale, each.median());
        svg.append(text(
                "<line class=\"med\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                LEFT, width - RIGHT, median, median));
        String look = each.kind() == Kind.COLD ? "dot-b" : "dot-a";
        for (Point point : each.points()) {
            svg.append(text(
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>",
                    look, x(point.block(), width), y(scale, point.median())));
        }
    }

    private void blocks(StringBuilder svg, int width) {
        for (int block : List.of(first(), last())) {
            svg.append(text(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
                    x(block, width), HEIGHT - 8, block + 1));
            if (first() == last()) {
                return;
            }
        }
    }

    private int first() {
        return series.stream()
                .mapToInt(each -> each.points().get(0).block())
                .min()
                .orElse(0);
    }

    private int last() {
        return series.stream()
                .mapToInt(each -> each.points().get(each.points().size() - 1).block())
                .max()
                .orElse(0);
    }

    private double x(int block, int width) {
        double room = width - LEFT - RIGHT - 24.0;
        int blocks = Math.max(1, last() - first());
        return LEFT + 12 + room * (block - first()) / blocks;
    }

    private static double y(Scale scale, double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - scale.from()) / (scale.to() - scale.from());
    }

    private static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    /** From and to which value it is drawn, and where the lines are. */
    record Scale(double from, double to, double step) {

        static Scale of(List<Series> series) {
            double least = Double.MAX_VALUE;
            double most = -Double.MAX_VALUE;
            for (Series each : series) {
                for (Point point : each.points()) {
                    least = Math.min(least, point.median());
                    most = Math.max(most, point.median());
                }
            }
            double room = Math.max(most - least, Math.max(Math.abs(most), 1e-6) * 0.1);
            double step = nice(room / 2.5);
            double from = Math.floor((least - room * 0.05) / step) * step;
            double to = Math.ceil((most + room * 0.05) / step) * step;
            return new Scale(least >= 0 ? Math.max(0, from) : from, to, step);
        }

        /** 1, 2 or 5 times a power of ten. */
        private static double nice(double about) {
            double power = Math.pow(10, Math.floor(Math.log10(about)));
            double times = about / power;
            return power * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10);
        }

        List<Double> ticks() {
            int lines = (int) Math.round((to - from) / step);
            return java.util.stream.IntStream.rangeClosed(0, lines)
                    .mapToObj(i -> from + i * step)
                    .toList();
        }
    }
}
