package dev.switchback.step.shell;

import dev.switchback.step.StepContext;
import dev.switchback.step.StepLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One command from its start to its end, its output included. Used by one thread. */
final class RunningCommand {

    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(2);

    private final StartedProcess process;
    private final StepContext context;
    private final OutputReader out;
    private final OutputReader err;
    private final ProcessTree tree;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<ProcessTree.Ending> ending = new CompletableFuture<>();
    private final long began = System.nanoTime();

    RunningCommand(StartedProcess started, StepContext context, String wanted) {
        this.process = started;
        this.context = context;
        tree = new ProcessTree(process.handle(), context.mark());
        out = new OutputReader(started.out(), context.log(), StepLog.Stream.OUT, wanted).start();
        err = new OutputReader(started.err(), context.log(), StepLog.Stream.ERR, wanted).start();
    }

    /** Waits for the end of the main process and of its output; returns its exit status. */
    int await() {
        context.cancellation().onCancel(this::endInBackground);
        int status = exitStatus();
        if (!over.compareAndSet(false, true)) {
            ending.join();
        }
        drain();
        return status;
    }

    /** Listeners must not block, and ending takes as long as the grace time. */
    private void endInBackground() {
        if (over.compareAndSet(false, true)) {
            var thread = new Thread(
                    () -> ending.complete(tree.end(grace())),
                    "step-end-" + process.handle().pid());
            thread.setDaemon(true);
            thread.start();
        }
    }

    private Duration grace() {
        return context.cancellation().grace(context.grace());
    }

    private int exitStatus() {
        boolean interrupted = false;
        while (true) {
            try {
                int status = process.await();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return status;
            } catch (InterruptedException stopping) {
                interrupted = true;
                endInBackground();
            }
        }
    }

    /** Reads what is there, then waits a moment for more: a child left behind may hold the output open for ever. */
    private void drain() {
        out.mainEnded();
        err.mainEnded();
        long ended = System.nanoTime();
        while (out.isReading() || err.isReading()) {
            long since = System.nanoTime() - ended;
            if (isFinished(out, since) && isFinished(err, since)) {
                break;
            }
            await(out.isReading() ? out : err);
        }
        if (out.isReading() || err.isReading()) {
            out.abandon();
            err.abandon();
            context.log()
                    .engine("a process that still runs in the background holds the output open; what it prints"
                            + " from here on is not kept");
        }
    }

    private static boolean isFinished(OutputReader reader, long sinceEnd) {
        return !reader.isReading()
                || sinceEnd > QUIET.toNanos() && reader.quietFor(QUIET.toNanos())
                || sinceEnd > LONGEST_DRAIN.toNanos() && reader.emptied();
    }

    private static void await(OutputReader reader) {
        try {
            reader.awaitEnd(10);
        } catch (InterruptedException later) {
            Thread.onSpinWait();
        }
    }

    /** How it was ended, when it was; empty when it ended by itself, also just before it was to be ended. */
    Optional<ProcessTree.Ending> ending() {
        return Optional.ofNullable(ending.getNow(null)).filter(how -> !how.cameTooLate());
    }

    /** How many processes it left running. */
    int leftBehind() {
        return tree.alive().size();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** The last line of stdout that is not blank. */
    Optional<String> value() {
        return out.lastLine();
    }

    /** The last thing it said, as a hint to why it failed. */
    Optional<String> lastWords() {
        return err.lastLine().or(out::lastLine);
    }

    Optional<String> trouble() {
        return out.trouble().or(err::trouble);
    }

    boolean foundWanted() {
        return out.foundWanted() || err.foundWanted();
    }

    boolean cutLines() {
        return out.cutLines() || err.cutLines();
    }

    Optional<RuntimeException> logFailure() {
        return out.logFailure().or(err::logFailure);
    }
}
