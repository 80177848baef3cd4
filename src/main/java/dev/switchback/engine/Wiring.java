package dev.switchback.engine;

import dev.switchback.secret.EnvironmentSecrets;
import dev.switchback.secret.Secrets;
import dev.switchback.step.Conditions;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.TargetChecks;
import dev.switchback.step.check.CheckStepExecutor;
import dev.switchback.step.http.HttpStepExecutor;
import dev.switchback.step.http.HttpTargetCheck;
import dev.switchback.step.manual.ManualStepExecutor;
import dev.switchback.step.shell.ShellPolicy;
import dev.switchback.step.shell.ShellStepExecutor;
import dev.switchback.step.shell.ShellTargetCheck;
import dev.switchback.step.sql.JdbcTargetCheck;
import dev.switchback.step.sql.SqlStepExecutor;
import dev.switchback.step.wait.WaitStepExecutor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Puts the step types together; the only place that knows them all. */
public class Wiring {

    private static final String SECRET_PROPERTY = "switchback.secret.";

    @Produces
    @Singleton
    Secrets secrets(Config config) {
        var extra = new java.util.HashMap<String, String>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(SECRET_PROPERTY)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> extra.put(name.substring(SECRET_PROPERTY.length()), value));
            }
        }
        return new EnvironmentSecrets(System.getenv(), Map.copyOf(extra));
    }

    @Produces
    @Singleton
    ShellPolicy shell(ShellConfig config) {
        return ShellPolicy.of(
                config.enabled().orElse(config.embedded()), config.directories().orElse(List.of()), config.user());
    }

    @Produces
    @Singleton
    StepExecutors executors(ShellPolicy shell) {
        var acting = new ArrayList<StepExecutor>(List.of(
                new ShellStepExecutor(shell),
                new HttpStepExecutor(),
                new SqlStepExecutor(),
                new ManualStepExecutor(),
                new WaitStepExecutor()));
        acting.add(new CheckStepExecutor(new StepExecutors(acting)));
        return new StepExecutors(acting);
    }

    @Produces
    @Singleton
    Conditions conditions(StepExecutors executors) {
        return new Conditions(executors);
    }

    @Produces
    @Singleton
    TargetChecks targetChecks(ShellPolicy shell) {
        return new TargetChecks(List.of(new ShellTargetCheck(shell), new HttpTargetCheck(), new JdbcTargetCheck()));
    }
}
