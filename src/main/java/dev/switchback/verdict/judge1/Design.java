package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Grade;
import dev.switchback.verdict.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * In which order the sides were measured, by what was really carried out.
 *
 * @param grade how strong that is
 * @param words why it is that grade
 * @param phases the sittings in their order, neighbours of the same side together
 */
record Design(Grade grade, String words, List<List<Sitting>> phases) {

    private static final long APART_MS = 15 * 60_000L;

    static Design of(List<Sitting> sittings, boolean interleaved) {
        List<List<Sitting>> phases = phases(sittings);
        if (interleaved && overlap(sittings)) {
            return new Design(Grade.A, "Both versions were up, and their blocks took turns.", phases);
        }
        if (phases.size() >= 4 && phases.get(0).get(0).side() == Side.BEFORE) {
            return new Design(Grade.B, "Measured before, after, rolled back, and after again.", phases);
        }
        if (twoBaselines(phases, sittings)) {
            return new Design(
                    Grade.C,
                    "The state before was measured in two sittings and did not move; a change of load in between would"
                            + " look the same.",
                    phases);
        }
        return new Design(
                Grade.D,
                "Measured once before and once after: what else happened in between cannot be told apart.",
                phases);
    }

    private static List<List<Sitting>> phases(List<Sitting> sittings) {
        var phases = new ArrayList<List<Sitting>>();
        for (Sitting sitting : sittings) {
            boolean sameSide =
                    !phases.isEmpty() && phases.get(phases.size() - 1).get(0).side() == sitting.side();
            if (!sameSide) {
                phases.add(new ArrayList<>());
            }
            phases.get(phases.size() - 1).add(sitting);
        }
        return phases;
    }

    private static boolean overlap(List<Sitting> sittings) {
        return sittings.stream()
                .filter(one -> one.side() == Side.BEFORE)
                .anyMatch(one -> sittings.stream()
                        .filter(other -> other.side() == Side.AFTER)
                        .anyMatch(other -> one.leg().fromMs() < other.leg().toMs()
                                && other.leg().fromMs() < one.leg().toMs()));
    }

    /** Two sittings of the state before: with the change in between, or at least a quarter of an hour apart. */
    private static boolean twoBaselines(List<List<Sitting>> phases, List<Sitting> sittings) {
        List<Sitting> baselines =
                sittings.stream().filter(one -> one.side() == Side.BEFORE).toList();
        if (baselines.size() < 2) {
            return false;
        }
        boolean changeBetween = phases.stream()
                        .filter(phase -> phase.get(0).side() == Side.BEFORE)
                        .count()
                > 1;
        Sitting first = baselines.get(0);
        Sitting last = baselines.get(baselines.size() - 1);
        return changeBetween || last.leg().fromMs() - first.leg().toMs() >= APART_MS;
    }

    /** The first and the last sitting of the state before; only for two baselines. */
    List<Sitting> baselines() {
        List<Sitting> before = phases.stream()
                .flatMap(List::stream)
                .filter(one -> one.side() == Side.BEFORE)
                .toList();
        return List.of(before.get(0), before.get(before.size() - 1));
    }
}
