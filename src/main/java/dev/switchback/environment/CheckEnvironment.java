package dev.switchback.environment;

import dev.switchback.access.Caller;
import dev.switchback.access.Right;
import dev.switchback.secret.Secrets;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.step.Answer;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Condition;
import dev.switchback.step.Conditions;
import dev.switchback.step.StepContext;
import dev.switchback.step.Target;
import dev.switchback.step.TargetChecks;
import dev.switchback.step.TargetState;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connects to every target of an environment and asks it who it is. Reads only. */
@ApplicationScoped
public class CheckEnvironment {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    Environments environments;

    @Inject
    TargetChecks checks;

    @Inject
    Conditions conditions;

    @Inject
    Secrets secrets;

    @Inject
    InstantSource clock;

    @Inject
    ExecutorService workers;

    @Inject
    ScheduledExecutorService timer;

    /** What was found. */
    public record Report(
            String environment,
            Instant at,
            boolean reachable,
            List<TargetReport> targets,
            List<IdentityReport> identity) {}

    /**
     * One target.
     *
     * @param state {@code reachable}, {@code unreachable}, or {@code unchecked} when this version cannot check the kind
     */
    public record TargetReport(String name, String kind, String state, Long latencyMs, String message) {}

    /**
     * One condition of the identity.
     *
     * @param state {@code holds}, {@code does-not-hold} or {@code could-not-ask}
     */
    public record IdentityReport(String state, String message, String expected) {}

    /**
     * Checks all targets at once; answers within about ten seconds.
     *
     * @throws dev.switchback.problem.ProblemException 403 when they may not; 404 no such environment
     */
    public Report check(String key, Caller caller) {
        caller.requireScope("operate");
        EnvironmentContent content = QuarkusTransaction.requiringNew().call(() -> {
            Environment environment = environments.require(key);
            caller.require(Right.CHECK, environment.where());
            return environment.content();
        });
        return ask(content);
    }

    /** The same of content that somebody else authorised; to be called outside of a transaction. */
    public Report ask(EnvironmentContent content) {
        List<Future<TargetReport>> targets = content.targets().values().stream()
                .map(target -> workers.submit((Callable<TargetReport>) () -> look(target)))
                .toList();
        List<Future<IdentityReport>> identity = content.identity().stream()
                .map(node -> workers.submit((Callable<IdentityReport>) () -> ask(Condition.of(node), content)))
                .toList();
        List<TargetReport> seen = targets.stream().map(CheckEnvironment::result).toList();
        boolean reachable = seen.stream().noneMatch(target -> target.state().equals("unreachable"));
        return new Report(
                content.key(),
                clock.instant(),
                reachable,
                seen,
                identity.stream().map(CheckEnvironment::result).toList());
    }

    private TargetReport look(Target target) {
        var used = new TrackingSecrets(secrets);
        TargetState state = checks.check(target, used);
        String word = !state.checked() ? "unchecked" : state.reachable() ? "reachable" : "unreachable";
        return new TargetReport(
                target.name(),
                target.kind(),
                word,
                state.checked() ? state.latency().toMillis() : null,
                used.masker().mask(state.message()));
    }

    private IdentityReport ask(Condition condition, EnvironmentContent content) {
        var used = new TrackingSecrets(secrets);
        var brake = new Cancellation();
        var patience = timer.schedule(
                () -> brake.cancel(Cancellation.Reason.TIMEOUT), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        Answer answer = conditions.ask(
                condition,
                new StepContext(
                        content.targets(),
                        content.variables(),
                        used,
                        (stream, text) -> {},
                        brake,
                        Duration.ofSeconds(2),
                        "check-" + content.key()));
        patience.cancel(false);
        return new IdentityReport(
                answer.state().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                used.masker().mask(answer.message()),
                used.masker().mask(answer.expected()));
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the check was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check failed", e.getCause());
        }
    }
}
