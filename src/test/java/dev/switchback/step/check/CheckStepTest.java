package dev.switchback.step.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.step.Attempt;
import dev.switchback.step.Json;
import dev.switchback.step.Outcome;
import dev.switchback.step.Outcome.Result;
import dev.switchback.step.ScriptedExecutor;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutorContract;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckStepTest extends StepExecutorContract {

    private ScriptedExecutor reader = reads("5");

    private static ScriptedExecutor reads(String... values) {
        return new ScriptedExecutor(
                StepKind.SQL,
                java.util.Arrays.stream(values)
                        .map(value -> value.equals("gone")
                                ? Outcome.errored("connection refused", "")
                                : Outcome.succeeded("read").withValue(value))
                        .toArray(Outcome[]::new));
    }

    @Override
    protected StepExecutor executor() {
        return new CheckStepExecutor(new StepExecutors(List.of(reader)), Duration.ofMillis(5));
    }

    @Override
    protected Attempt attempt() {
        return new Attempt();
    }

    @Override
    protected String ordinary() {
        return check("5", "");
    }

    @Override
    protected String endless() {
        return check("6", ", within: 1m");
    }

    @Override
    protected String leaky() {
        return "";
    }

    @Override
    protected boolean needsTarget() {
        return false;
    }

    private static String check(String is, String more) {
        return "{sql: {target: db, query: SELECT 1}, is: '" + is + "'" + more + "}";
    }

    @Test
    void asks_once_without_a_time_limit() {
        Outcome outcome = attempt().run(executor(), check("< 5", ""));

        assertThat(reader.asked).isEqualTo(1);
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.message()).isEqualTo("was 5, expected < 5");
        assertThat(outcome.expected()).isEqualTo("< 5");
        assertThat(outcome.value()).contains("5");
    }

    @Test
    void asks_until_it_holds() {
        reader = reads("7", "gone", "6", "4");

        assertThat(attempt().run(executor(), check("< 5", ", within: 10s")).succeeded())
                .isTrue();
        assertThat(reader.asked).isEqualTo(4);
    }

    @Test
    void fails_with_the_last_value_when_the_time_is_over() {
        Outcome outcome = attempt().run(executor(), check("< 5", ", within: 50ms"));

        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.expected()).isEqualTo("< 5 within 50 ms");
        assertThat(reader.asked).isGreaterThan(1);
    }

    @Test
    void is_errored_when_nobody_could_be_asked_to_the_end() {
        reader = reads("4", "gone");
        Outcome once = attempt().run(executor(), check("< 4", ", within: 30ms"));

        assertThat(once.result()).isEqualTo(Result.ERRORED);
        assertThat(once.message()).isEqualTo("could not ask: connection refused");
    }

    @Test
    void describes_what_it_waits_for() {
        assertThat(executor().describe(Json.of(check("< 5", ", within: 2m")))).isEqualTo("scripted: < 5 within 2m");
    }
}
