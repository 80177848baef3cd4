package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

/** The trouble comes on the way back, in the middle of the second of three undos. */
final class UndoScene extends Scene {

    private final Means means;
    private boolean calledBack;

    UndoScene(Cluster cluster, Means means) {
        super(cluster, "undo-" + means.word());
        this.means = means;
    }

    @Override
    String steps() {
        return quick("one", "")
                + "  - {id: two, title: Two, phase: change, shell: {target: host, command: \"echo begin two"
                + " $SWITCHBACK_MARK >> effects\"}, rollback: {grace: 1s, shell:"
                + " {target: host, command: \"" + printing("undo-two") + "\"}"
                + means.of("undo-two") + "}}\n"
                + quick("three", "")
                + "  - {id: look, title: Look at it, phase: verify, manual: {instructions: Look at it}}\n";
    }

    /** It is called back by the way, as soon as somebody is asked to look. */
    @Override
    boolean atMoment() {
        if (!calledBack && asks()) {
            cluster.both().stream()
                    .filter(instance -> instance.name.equals(driver()))
                    .findFirst()
                    .orElseThrow()
                    .post("/api/v1/runs/" + run + "/rollback", "{\"reason\": \"it looks bad\"}")
                    .expect(200);
            calledBack = true;
        }
        return effects.ticks("undo-two") >= 5;
    }

    @Override
    boolean settled() {
        return effects.begun("undo-two") > 1 || effects.begun("undo-one") > 0 || asks();
    }

    @Override
    void verify(Trouble trouble, Truth truth) {
        assertThat(state()).isEqualTo("rolled-back");
        if (trouble == Trouble.BORNE) {
            wentThroughUndisturbed();
        }
        String undone = trouble == Trouble.BREAKS_OFF && means == Means.IDEMPOTENT ? "undo-two undo-two" : "undo-two";
        assertThat(String.join(" ", effects.begun()))
                .as("%s: everything was undone in reverse order", this)
                .isEqualTo("one two three undo-three " + undone + " undo-one");
        if (trouble == Trouble.BREAKS_OFF && means == Means.NONE) {
            assertThat(answers).as("%s: answers", this).containsExactly("unknown succeed two");
        } else {
            assertThat(answers).as("%s: answers", this).isEmpty();
        }
    }
}
