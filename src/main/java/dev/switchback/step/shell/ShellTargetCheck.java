package dev.switchback.step.shell;

import dev.switchback.secret.Secrets;
import dev.switchback.step.Target;
import dev.switchback.step.TargetCheck;
import dev.switchback.step.TargetState;
import java.io.File;
import java.time.Duration;

/** A target of kind {@code shell} is there when its directory exists and bash does. */
public final class ShellTargetCheck implements TargetCheck {

    private final ShellPolicy policy;

    /** @param policy whether and where commands run at all */
    public ShellTargetCheck(ShellPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String kind() {
        return "shell";
    }

    @Override
    public TargetState check(Target target, Secrets secrets) {
        long began = System.nanoTime();
        File directory = ShellStepExecutor.directory(target, policy);
        boolean bash = ShellStepExecutor.bash().isPresent();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return bash
                ? TargetState.reachable(took, directory + " is there, and so is bash")
                : TargetState.unreachable(took, "there is no bash on the machine of the Switchback server");
    }
}
