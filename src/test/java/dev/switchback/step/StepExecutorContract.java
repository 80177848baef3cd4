package dev.switchback.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every step type promises; each type's test inherits it. */
public abstract class StepExecutorContract {

    /** The secret that every attempt here knows. */
    protected static final String SECRET = "s3cr3t-v&lue'1";

    protected abstract StepExecutor executor();

    /** An attempt with what {@link #ordinary} needs. */
    protected abstract Attempt attempt();

    /** An action that succeeds. */
    protected abstract String ordinary();

    /** An action that would take a minute; empty when the type never takes time. */
    protected abstract String endless();

    /** An action that prints the secret {@code TOKEN} into log or value; empty when the type has no secrets. */
    protected abstract String leaky();

    /** Whether actions of this type name a target. */
    protected boolean needsTarget() {
        return true;
    }

    @Test
    void does_what_it_is_asked() {
        assertThat(attempt().run(executor(), ordinary()).result())
                .isIn(Outcome.Result.SUCCEEDED, Outcome.Result.WAITING);
    }

    @Test
    void a_missing_target_is_errored_because_nobody_was_asked() {
        Assumptions.assumeTrue(needsTarget());
        Attempt attempt = attempt();
        attempt.targets.clear();

        Outcome outcome = attempt.run(executor(), ordinary());

        assertThat(outcome.result()).isEqualTo(Outcome.Result.ERRORED);
        assertThat(outcome.message()).contains("no target named");
        assertThat(outcome.expected()).isNotEmpty();
    }

    @Test
    void a_target_of_another_kind_is_errored() {
        Assumptions.assumeTrue(needsTarget());
        Attempt attempt = attempt();
        attempt.targets.replaceAll((name, target) -> new Target(name, "kubernetes", target.settings()));

        assertThat(attempt.run(executor(), ordinary()).message()).contains("is of kind kubernetes");
    }

    @Test
    void never_throws_for_an_action_that_makes_no_sense() {
        for (String nonsense : new String[] {"{}", "{target: 5}", "[]", "{target: [a], command: {}, statements: {}}"}) {
            Outcome outcome = attempt().run(executor(), nonsense);
            assertThat(outcome.result()).isEqualTo(Outcome.Result.ERRORED);
            assertThat(executor().describe(Json.of(nonsense))).isNotNull();
        }
    }

    @Test
    void returns_soon_after_the_brake_was_pulled() {
        Assumptions.assumeFalse(endless().isEmpty());
        Attempt attempt = attempt();
        var running = attempt.start(executor(), endless());
        await().until(() -> !attempt.log.engine().isEmpty());

        attempt.cancellation.cancel(Cancellation.Reason.ABORTED);

        assertThat(running)
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(outcome -> assertThat(outcome.result()).isIn(Outcome.Result.FAILED, Outcome.Result.ERRORED));
    }

    @Test
    void does_nothing_when_the_brake_was_pulled_before_it_began() {
        Attempt attempt = attempt();
        attempt.cancellation.cancel(Cancellation.Reason.TIMEOUT);

        assertThat(attempt.run(executor(), ordinary()).result()).isEqualTo(Outcome.Result.ERRORED);
        assertThat(attempt.log.out()).isEmpty();
    }

    @Test
    void a_secret_shows_up_neither_in_the_log_nor_in_the_outcome() {
        Assumptions.assumeFalse(leaky().isEmpty());
        Attempt attempt = attempt().secret("TOKEN", SECRET);

        Outcome outcome = attempt.run(executor(), leaky());

        assertThat(outcome.toString() + attempt.log.all())
                .doesNotContain(SECRET)
                .contains("••••••••");
    }

    @Test
    void a_secret_that_is_not_configured_is_errored_and_says_how_to_set_it() {
        Assumptions.assumeFalse(leaky().isEmpty());

        Outcome outcome = attempt().run(executor(), leaky());

        assertThat(outcome.result()).isEqualTo(Outcome.Result.ERRORED);
        assertThat(outcome.message()).contains("SWITCHBACK_SECRET_TOKEN");
    }
}
