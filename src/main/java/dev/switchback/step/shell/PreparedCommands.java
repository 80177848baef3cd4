package dev.switchback.step.shell;

import dev.switchback.step.StepExecutor.Preparation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The commands that are started before their attempts begin, beside the present ones: of a trivial step, starting its
 * process is most of the time. Each waits for {@link PreparedCommand#LONGEST} at most. Safe for use by several threads.
 */
final class PreparedCommands {

    /** The ones of this process. */
    static final PreparedCommands HERE = new PreparedCommands();

    /** So long the start of a process that is under way is waited for, before it is started once more. */
    private static final long PATIENCE_MILLIS = 100;

    private final Map<ShellCommand, CompletableFuture<Optional<PreparedCommand>>> waiting = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor threads = threads();

    private PreparedCommands() {}

    private static ScheduledThreadPoolExecutor threads() {
        var threads = new ScheduledThreadPoolExecutor(2, work -> {
            var thread = new Thread(work, "step-prepare");
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
        return threads;
    }

    /** Starts this soon, from another thread; the mark of its attempt in its environment makes it the only one. */
    Preparation prepare(ShellCommand command) {
        if (!PreparedCommand.fits(command)) {
            return Preparation.NOTHING;
        }
        var made = new CompletableFuture<Optional<PreparedCommand>>();
        if (waiting.putIfAbsent(command, made) != null) {
            return Preparation.NOTHING;
        }
        threads.execute(() -> make(command, made));
        var end = threads.schedule(
                () -> giveUp(command, made), PreparedCommand.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        return () -> {
            end.cancel(false);
            giveUp(command, made);
        };
    }

    private static void make(ShellCommand command, CompletableFuture<Optional<PreparedCommand>> made) {
        try {
            made.complete(PreparedCommand.start(command));
        } catch (RuntimeException notHere) {
            made.complete(Optional.empty());
        }
    }

    private void giveUp(ShellCommand command, CompletableFuture<Optional<PreparedCommand>> made) {
        if (waiting.remove(command, made)) {
            discard(made);
        }
    }

    private static void discard(CompletableFuture<Optional<PreparedCommand>> made) {
        made.thenAccept(prepared -> prepared.ifPresent(PreparedCommand::close));
    }

    /** Lets the one that waits go on; empty when there is none, and the command has to be started. */
    Optional<StartedProcess> begin(ShellCommand command) {
        CompletableFuture<Optional<PreparedCommand>> made = waiting.remove(command);
        if (made == null) {
            return Optional.empty();
        }
        try {
            return made.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).flatMap(PreparedCommand::begin);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException busy) {
            // The machine is; the ordinary way takes as long as it takes.
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        discard(made);
        return Optional.empty();
    }
}
