package dev.switchback.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.secret.Secrets;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Fills in with the executors themselves, so that what is shown cannot differ from what is done. Used by one thread. */
final class FillByExecutors implements Fill {

    private static final String MARK = "(the mark of the attempt)";

    private final StepExecutors executors;
    private final NamedSecrets secrets;
    private final StepContext context;

    FillByExecutors(StepExecutors executors, EnvironmentContent environment, Secrets configured) {
        this.executors = executors;
        this.secrets = new NamedSecrets(configured);
        this.context = new StepContext(
                environment.targets(),
                environment.variables(),
                secrets,
                (stream, text) -> {},
                new Cancellation(),
                Duration.ZERO,
                MARK);
    }

    @Override
    public Rendering of(StepKind kind, JsonNode action) {
        return executors
                .forKind(kind)
                .map(executor -> executor.render(action, context))
                .orElseGet(() -> Rendering.only(action.toPrettyString(), Optional.of(StepExecutors.notYet(kind))))
                .with(secrets::shown);
    }

    @Override
    public Set<String> missing() {
        return secrets.missing();
    }
}
