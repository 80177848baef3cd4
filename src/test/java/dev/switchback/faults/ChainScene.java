package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The trouble comes somewhere in a chain of short steps, within one or between two. */
final class ChainScene extends Scene {

    private static final int LENGTH = 40;

    ChainScene(Cluster cluster) {
        super(cluster, "chain");
    }

    @Override
    String steps() {
        return ids().stream()
                .map(id -> quick(
                        id, ", appliedWhen: {shell: {target: host, command: \"grep -q 'begin " + id + " ' effects\"}}"))
                .collect(Collectors.joining());
    }

    private static List<String> ids() {
        return IntStream.rangeClosed(1, LENGTH).mapToObj(i -> "s" + i).toList();
    }

    @Override
    boolean atMoment() {
        return effects.begun("s3") > 0;
    }

    @Override
    boolean settled() {
        return effects.begun("s" + LENGTH) > 0 || asks();
    }

    @Override
    void verify(Trouble trouble, Truth truth) {
        assertThat(state()).isEqualTo("succeeded");
        assertThat(effects.begun()).as("%s: each step once, in order", this).isEqualTo(ids());
        if (trouble == Trouble.BORNE) {
            wentThroughUndisturbed();
        }
    }
}
