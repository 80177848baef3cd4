package dev.switchback.platform;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Asks the server on a data directory to end, and says what came of it. */
final class StopServer {

    /** The steps that run have switchback.engine.drain to end, 30 s unless somebody chose otherwise. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration SILENCE = Duration.ofSeconds(4);

    private final DataDirectory data;

    StopServer(DataDirectory data) {
        this.data = data;
    }

    /** Returns the exit status: 0 when nothing is running afterwards, else 1. */
    int run(PrintStream out) {
        Optional<RunningServer> server = RunningServer.in(data);
        if (server.isEmpty()) {
            return stopLeftBehind(out);
        }
        ProcessHandle process = server.get().process().orElseThrow();
        if (!process.destroy()) {
            out.println("Switchback (process id " + process.pid() + ") could not be stopped: it belongs to the user "
                    + process.info().user().orElse("somebody else") + ".");
            return 1;
        }
        return waitFor(process, out);
    }

    private static int waitFor(ProcessHandle process, PrintStream out) {
        if (!endsWithin(process, SILENCE)) {
            out.println("Waiting for the steps that run; they have 30 s to end, or what switchback.engine.drain says.");
        }
        if (endsWithin(process, PATIENCE)) {
            out.println("Switchback has stopped.");
            return 0;
        }
        out.println("Switchback (process id " + process.pid() + ") was asked to stop but is still running after "
                + PATIENCE.toMinutes() + " min; try again, or end it with kill -9 " + process.pid() + ".");
        return 1;
    }

    private static boolean endsWithin(ProcessHandle process, Duration limit) {
        try {
            process.onExit().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
            return true;
        } catch (CompletionException stillRunning) {
            return false;
        }
    }

    /** After a kill -9 the rest lives on: what a person wants with stop is that nothing runs any more. */
    private int stopLeftBehind(PrintStream out) {
        try (ServerLock lock = ServerLock.take(data)) {
            var ended = new ArrayList<String>();
            Companion.all().forEach(companion -> ended.addAll(companion.endLeftBehind(data)));
            if (LocalPostgres.running(data.path()).isPresent()) {
                LocalPostgres.start(data.path()).stop();
                ended.add("its PostgreSQL server");
            }
            out.println("Switchback is not running on " + data.path()
                    + (ended.isEmpty() ? "." : "; stopped what it had left behind: " + String.join(", ", ended) + "."));
            return 0;
        }
    }
}
