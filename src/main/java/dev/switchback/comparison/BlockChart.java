package dev.switchback.comparison;

import dev.switchback.verdict.Judgement;
import dev.switchback.verdict.LegBlocks;
import dev.switchback.verdict.LegBlocks.Block;
import dev.switchback.verdict.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The blocks in time order, leg by leg, as an SVG: a drift is visible to the naked eye.
 *
 * @param says the same in words, for who does not see it
 * @param unit of the values
 * @param legs one column for each
 * @param ticks values along the side
 */
public record BlockChart(String says, String unit, int width, int height, List<Column> legs, List<Tick> ticks) {

    private static final int LEFT = 44;
    private static final int TOP = 34;
    private static final int BOTTOM = 22;
    private static final int ROOM_FOR_A_NAME = 80;

    /**
     * A leg.
     *
     * @param isAfter whether it was measured after the change
     * @param x where it begins
     * @param medianY where its median is; null without one
     */
    public record Column(
            String name,
            String median,
            boolean isAfter,
            double x,
            double width,
            double middle,
            double end,
            Double medianY,
            List<Dot> dots) {}

    /** A block. */
    public record Dot(double x, double y) {}

    /** A value along the side. */
    public record Tick(double y, double textY, String words) {}

    static BlockChart of(Judgement judgement, int width) {
        return new Drawing(judgement, width).chart();
    }

    private static final class Drawing {
        private final Judgement judgement;
        private final int width;
        private final int height = 190;
        private final double low;
        private final double high;

        Drawing(Judgement judgement, int width) {
            this.judgement = judgement;
            this.width = width;
            double[] values = judgement.blocks().stream()
                    .flatMap(leg -> leg.blocks().stream())
                    .mapToDouble(Block::value)
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            double least = values.length == 0 ? 0 : values[0];
            double most = values.length == 0 ? 1 : values[values.length - 1];
            double margin = most > least ? (most - least) * 0.08 : Math.max(Math.abs(most) * 0.1, 0.01);
            this.low = least - margin;
            this.high = most + margin;
        }

        BlockChart chart() {
            var columns = new ArrayList<Column>();
            var says = new ArrayList<String>();
            List<LegBlocks> legs = judgement.blocks();
            double each = (double) (width - LEFT - 4) / Math.max(1, legs.size());
            for (int i = 0; i < legs.size(); i++) {
                columns.add(column(legs.get(i), LEFT + i * each, each - 8));
                says.add(legs.get(i).leg() + " "
                        + Amounts.value(
                                legs.get(i).median(), judgement.numbers().unit()));
            }
            return new BlockChart(
                    "Blocks in time order, by their medians: " + String.join(", ", says),
                    judgement.numbers().unit() == null
                            ? ""
                            : judgement.numbers().unit(),
                    width,
                    height,
                    columns,
                    ticks());
        }

        private Column column(LegBlocks leg, double x, double wide) {
            var dots = new ArrayList<Dot>();
            int n = leg.blocks().size();
            for (int i = 0; i < n; i++) {
                dots.add(new Dot(x + wide * (i + 0.5) / n, y(leg.blocks().get(i).value())));
            }
            return new Column(
                    wide < ROOM_FOR_A_NAME ? leg.leg().replaceFirst("^(rolled|after|before) ", "") : leg.leg(),
                    Amounts.value(leg.median(), judgement.numbers().unit()),
                    leg.side() == Side.AFTER,
                    x,
                    wide,
                    x + wide / 2,
                    x + wide,
                    leg.median() == null ? null : y(leg.median()),
                    dots);
        }

        private double y(double value) {
            double place = (value - low) / Math.max(1e-12, high - low);
            return height - BOTTOM - place * (height - BOTTOM - TOP);
        }

        private List<Tick> ticks() {
            return List.of(low, (low + high) / 2, high).stream()
                    .map(value -> new Tick(y(value), y(value) + 4, words(value)))
                    .filter(Objects::nonNull)
                    .toList();
        }

        private String words(double value) {
            boolean share = "share".equals(judgement.numbers().unit());
            return Amounts.plain(share ? value * 100 : value);
        }
    }
}
