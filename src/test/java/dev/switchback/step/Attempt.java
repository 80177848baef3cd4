package dev.switchback.step;

import dev.switchback.secret.EnvironmentSecrets;
import dev.switchback.secret.TrackingSecrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An attempt as the engine makes one: targets, variables, secrets, a log that masks, a brake. */
public final class Attempt {

    public final RecordedLog log = new RecordedLog();
    public final Cancellation cancellation = new Cancellation();
    public final Map<String, Target> targets = new HashMap<>();
    public final Map<String, String> variables = new HashMap<>();
    public final Map<String, String> secretValues = new HashMap<>();
    public final String mark = "test-" + UUID.randomUUID();
    public Duration grace = Duration.ofSeconds(5);

    public Attempt target(String name, String yaml) {
        var settings = Json.of(yaml);
        targets.put(name, new Target(name, settings.get("kind").asText(), settings));
        return this;
    }

    public Attempt variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public Attempt secret(String name, String value) {
        secretValues.put(name, value);
        return this;
    }

    public Attempt grace(Duration time) {
        grace = time;
        return this;
    }

    public Outcome run(StepExecutor executor, String action) {
        var secrets = new TrackingSecrets(new EnvironmentSecrets(Map.of(), secretValues));
        return executor.execute(Json.of(action), context(secrets))
                .mapTexts(text -> secrets.masker().mask(text));
    }

    public CompletableFuture<Outcome> start(StepExecutor executor, String action) {
        var result = new CompletableFuture<Outcome>();
        new Thread(() -> {
                    try {
                        result.complete(run(executor, action));
                    } catch (Throwable thrown) {
                        result.completeExceptionally(thrown);
                    }
                })
                .start();
        return result;
    }

    public static Outcome end(CompletableFuture<Outcome> running) {
        return running.orTimeout(20, TimeUnit.SECONDS).join();
    }

    public StepContext context() {
        return context(new TrackingSecrets(new EnvironmentSecrets(Map.of(), secretValues)));
    }

    private StepContext context(TrackingSecrets secrets) {
        return new StepContext(
                targets, variables, secrets, new MaskingLog(log, secrets::masker), cancellation, grace, mark);
    }
}
