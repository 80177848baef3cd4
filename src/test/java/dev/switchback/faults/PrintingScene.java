package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

/** The trouble comes while the second of three steps prints. */
final class PrintingScene extends Scene {

    private final Means means;

    PrintingScene(Cluster cluster, Means means) {
        super(cluster, "printing-" + means.word());
        this.means = means;
    }

    @Override
    String steps() {
        return quick("first", "")
                + "  - {id: work, title: Work, phase: change, grace: 1s, shell: {target: host, command: \""
                + printing("work") + "\"}, noRollback: it only prints" + means.of("work") + "}\n" + quick("last", "");
    }

    @Override
    boolean atMoment() {
        return effects.ticks("work") >= 5;
    }

    @Override
    boolean settled() {
        return effects.begun("work") > 1 || effects.begun("last") > 0 || asks();
    }

    @Override
    void verify(Trouble trouble, Truth truth) {
        assertThat(state()).isEqualTo("succeeded");
        assertThat(effects.begun("first")).as("%s: first", this).isEqualTo(1);
        assertThat(effects.begun("last")).as("%s: last", this).isEqualTo(1);
        if (trouble == Trouble.BORNE) {
            wentThroughUndisturbed();
            assertThat(truth.printed("work", 1)).isEqualTo(lines(5 * effects.ticks("work")));
        } else {
            brokenOff(truth);
        }
    }

    private void brokenOff(Truth truth) {
        List<String> stored = truth.printed("work", 1);
        assertThat(stored).as("%s: what was stored of the first attempt", this).isEqualTo(lines(stored.size()));
        // Five ticks had passed when the trouble came; the last of them may still have been on its way.
        assertThat(stored).as("%s: what was stored of the first attempt", this).hasSizeGreaterThanOrEqualTo(20);
        switch (means) {
            case IDEMPOTENT -> {
                assertThat(effects.begun("work")).as("%s: work", this).isEqualTo(2);
                assertThat(answers).as("%s: answers", this).isEmpty();
                List<String> again = truth.printed("work", 2);
                assertThat(again).isNotEmpty().isEqualTo(lines(again.size()));
            }
            case APPLIED -> {
                assertThat(effects.begun("work")).as("%s: work", this).isEqualTo(1);
                assertThat(answers).as("%s: answers", this).isEmpty();
            }
            case NOT_APPLIED -> {
                assertThat(effects.begun("work")).as("%s: work", this).isEqualTo(2);
                assertThat(answers).as("%s: answers", this).containsExactly("failed retry work");
            }
            case NONE -> {
                assertThat(effects.begun("work")).as("%s: work", this).isEqualTo(1);
                assertThat(answers).as("%s: answers", this).containsExactly("unknown succeed work");
            }
        }
    }

    private static List<String> lines(long count) {
        return IntStream.rangeClosed(1, (int) count).mapToObj(i -> "line " + i).toList();
    }
}
