package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

/** The trouble comes while the run waits for a person. */
final class PersonScene extends Scene {

    PersonScene(Cluster cluster) {
        super(cluster, "person");
    }

    @Override
    String steps() {
        return quick("before", "") + "  - {id: look, title: Look, phase: verify, manual: {instructions: Look at it}}\n"
                + quick("after", "");
    }

    @Override
    boolean atMoment() {
        return asks();
    }

    @Override
    boolean settled() {
        return asks();
    }

    @Override
    void verify(Trouble trouble, Truth truth) {
        assertThat(state()).isEqualTo("succeeded");
        assertThat(answers).as("%s: answers", this).containsExactly("waiting confirm look");
        assertThat(effects.begun()).as("%s: effects", this).containsExactly("before", "after");
    }
}
