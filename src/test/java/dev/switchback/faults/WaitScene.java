package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

/** The trouble comes during a wait of three seconds. */
final class WaitScene extends Scene {

    WaitScene(Cluster cluster) {
        super(cluster, "wait");
    }

    @Override
    String steps() {
        return quick("before", "") + "  - {id: rest, title: Rest, phase: change, wait: {for: 3s}}\n"
                + quick("after", "");
    }

    @Override
    boolean atMoment() {
        return !"pending".equals(state("forward", "rest"));
    }

    @Override
    boolean settled() {
        return effects.begun("after") > 0 || asks();
    }

    @Override
    void verify(Trouble trouble, Truth truth) {
        assertThat(state()).isEqualTo("succeeded");
        assertThat(answers).as("%s: answers", this).isEmpty();
        assertThat(effects.begun()).as("%s: effects", this).containsExactly("before", "after");
        String waited = cluster.database.value(
                "SELECT max(at) FILTER (WHERE step_id = 'after' AND action = 'began') - min(at) FILTER (WHERE step_id ="
                        + " 'rest' AND action = 'began') >= interval '3 seconds' FROM run_event WHERE run_id = ?",
                run);
        assertThat(waited).as("%s: it waited for three seconds", this).isEqualTo("t");
    }
}
