package dev.switchback.step.wait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.step.Attempt;
import dev.switchback.step.Json;
import dev.switchback.step.Outcome.Result;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutorContract;
import org.junit.jupiter.api.Test;

class WaitStepTest extends StepExecutorContract {

    @Override
    protected StepExecutor executor() {
        return new WaitStepExecutor();
    }

    @Override
    protected Attempt attempt() {
        return new Attempt();
    }

    @Override
    protected String ordinary() {
        return "{for: 20ms}";
    }

    @Override
    protected String endless() {
        return "{for: 1m}";
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
    void waits_for_as_long_as_it_says() {
        long began = System.nanoTime();
        assertThat(attempt().run(executor(), "{for: 120ms}").message()).isEqualTo("waited 120 ms");
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(120_000_000);
    }

    @Test
    void refuses_a_time_it_cannot_read() {
        assertThat(attempt().run(executor(), "{for: soon}").result()).isEqualTo(Result.ERRORED);
        assertThat(executor().describe(Json.of("{for: 5m}"))).isEqualTo("wait 5m");
    }
}
