package dev.switchback.step.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.step.Attempt;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutorContract;
import org.junit.jupiter.api.Test;

class ManualStepTest extends StepExecutorContract {

    @Override
    protected StepExecutor executor() {
        return new ManualStepExecutor();
    }

    @Override
    protected Attempt attempt() {
        return new Attempt();
    }

    @Override
    protected String ordinary() {
        return "{instructions: Open the shop and look., evidence: true}";
    }

    @Override
    protected String endless() {
        return "";
    }

    @Override
    protected String leaky() {
        return "";
    }

    @Override
    protected boolean needsTarget() {
        return false;
    }

    @Test
    void waits_for_a_person_with_the_instructions() {
        assertThat(attempt().run(executor(), ordinary())).isEqualTo(Outcome.waiting("Open the shop and look."));
    }
}
