import java.util.Arrays;
import java.util.List;

/** Times in nanoseconds, sorted. */
record Figures(long[] nanos, long took) {

    Figures {
        Arrays.sort(nanos);
    }

    double millis(double share) {
        return nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e6;
    }

    double p50() {
        return millis(0.5);
    }

    double p99() {
        return millis(0.99);
    }

    double perSecond() {
        return nanos.length * 1e9 / took;
    }

    /** What was measured in several pieces, as if in one. */
    static Figures all(List<Figures> pieces) {
        return new Figures(
                pieces.stream().flatMapToLong(piece -> Arrays.stream(piece.nanos)).toArray(),
                pieces.stream().mapToLong(Figures::took).sum());
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length % 2 == 1
                ? sorted[sorted.length / 2]
                : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }
}
