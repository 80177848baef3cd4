package dev.switchback.step.shell;

import dev.switchback.step.StepLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Reads one of the two outputs of a process and writes its lines to the log as they come. Bytes that are not UTF-8
 * become U+FFFD, a line end may be LF or CRLF, the last line needs none, and a line longer than {@link #LONGEST_LINE}
 * goes on in the next one. Runs on a thread of its own; the other methods may be called by any thread.
 */
final class OutputReader implements Runnable {

    /** In bytes. */
    static final int LONGEST_LINE = 64 * 1024;

    private static final int KEPT_FOR_MATCHING = 1024 * 1024;
    private static final Pattern TROUBLE = Pattern.compile("\\b(?:ERROR|FATAL)\\b|\\b\\w*Exception\\b");

    /** Threads are kept for the next step; one that waits for a child left behind is used by nobody else meanwhile. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "step-output");
        thread.setDaemon(true);
        return thread;
    });

    private final CountDownLatch ended = new CountDownLatch(1);
    private final InputStream in;
    private final StepLog log;
    private final StepLog.Stream stream;
    private final String wanted;
    private final StringBuilder tail;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream(256);

    private volatile String lastLine;
    private volatile String trouble;
    private volatile boolean foundWanted;
    private volatile RuntimeException logFailure;
    private volatile boolean mainEnded;
    private volatile boolean emptiedSinceMainEnded;
    private volatile long waitingSince;
    private volatile boolean abandoned;
    private volatile boolean cutLines;

    /** @param wanted a text to look for in the lines, or an empty one */
    OutputReader(InputStream in, StepLog log, StepLog.Stream stream, String wanted) {
        this.in = in;
        this.log = log;
        this.stream = stream;
        this.wanted = wanted;
        this.tail = wanted.indexOf('\n') >= 0 ? new StringBuilder() : null;
    }

    OutputReader start() {
        waitingSince = System.nanoTime();
        THREADS.execute(this);
        return this;
    }

    @Override
    public void run() {
        try {
            readAll();
        } finally {
            ended.countDown();
        }
    }

    private void readAll() {
        byte[] buffer = new byte[LONGEST_LINE];
        try (in) {
            for (int read = next(buffer); read >= 0; read = next(buffer)) {
                if (!abandoned) {
                    take(buffer, read);
                }
            }
        } catch (IOException closed) {
            // The process is gone, and with it the other end.
            waitingSince = 0;
        }
        if (!abandoned && partial.size() > 0) {
            emitPartial();
        }
    }

    private int next(byte[] buffer) throws IOException {
        if (mainEnded && in.available() == 0) {
            emptiedSinceMainEnded = true;
        }
        waitingSince = System.nanoTime();
        int read = in.read(buffer, 0, buffer.length);
        waitingSince = 0;
        return read;
    }

    private void take(byte[] buffer, int length) {
        int from = 0;
        for (int at = 0; at < length; at++) {
            if (buffer[at] == '\n') {
                emitThrough(buffer, from, at);
                from = at + 1;
            }
        }
        keep(buffer, from, length);
    }

    private void emitThrough(byte[] buffer, int from, int end) {
        if (partial.size() == 0) {
            emit(buffer, from, withoutReturn(buffer, from, end));
        } else {
            keep(buffer, from, end);
            emitPartial();
        }
    }

    private static int withoutReturn(byte[] bytes, int from, int end) {
        return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    private void emitPartial() {
        byte[] line = partial.toByteArray();
        partial.reset();
        emit(line, 0, withoutReturn(line, 0, line.length));
    }

    private void keep(byte[] buffer, int from, int end) {
        partial.write(buffer, from, end - from);
        while (partial.size() > LONGEST_LINE) {
            byte[] all = partial.toByteArray();
            int cut = LONGEST_LINE;
            while (cut > LONGEST_LINE - 4 && (all[cut] & 0xC0) == 0x80) {
                cut--;
            }
            cutLines = true;
            emit(all, 0, cut, true);
            partial.reset();
            partial.write(all, cut, all.length - cut);
        }
    }

    private void emit(byte[] bytes, int from, int end) {
        emit(bytes, from, end, false);
    }

    private void emit(byte[] bytes, int from, int end, boolean goesOn) {
        String line = new String(bytes, from, end - from, StandardCharsets.UTF_8);
        if (!line.isBlank()) {
            lastLine = line;
        }
        look(line);
        try {
            if (logFailure == null && goesOn) {
                log.piece(stream, line);
            } else if (logFailure == null) {
                log.line(stream, line);
            }
        } catch (RuntimeException failure) {
            // Keep reading: a process that cannot print would never end.
            logFailure = failure;
        }
    }

    private void look(String line) {
        if (trouble == null
                && (line.contains("ERROR") || line.contains("FATAL") || line.contains("Exception"))
                && TROUBLE.matcher(line).find()) {
            trouble = line;
        }
        if (tail != null) {
            lookAcrossLines(line);
        } else if (!foundWanted && line.contains(wanted)) {
            foundWanted = true;
        }
    }

    private void lookAcrossLines(String line) {
        tail.append(line).append('\n');
        if (!foundWanted
                && tail.indexOf(wanted, Math.max(0, tail.length() - line.length() - wanted.length() - 2)) >= 0) {
            foundWanted = true;
        }
        if (tail.length() > 2 * KEPT_FOR_MATCHING) {
            tail.delete(0, tail.length() - KEPT_FOR_MATCHING);
        }
    }

    /** Whether there may be more to come. */
    boolean isReading() {
        return ended.getCount() > 0;
    }

    /** Waits for the end of the output, for a moment. */
    void awaitEnd(long millis) throws InterruptedException {
        ended.await(millis, TimeUnit.MILLISECONDS);
    }

    /** From now on the end of the output is near, or held open by somebody else. */
    void mainEnded() {
        mainEnded = true;
    }

    /** Whether there has been nothing to read for that long. */
    boolean quietFor(long nanos) {
        long since = waitingSince;
        return since != 0 && System.nanoTime() - since > nanos;
    }

    /** Whether all that was printed before the main process ended has been read. */
    boolean emptied() {
        return emptiedSinceMainEnded;
    }

    /** Writes nothing any more, but goes on reading, so that nobody is blocked or ended by a closed pipe. */
    void abandon() {
        abandoned = true;
    }

    Optional<String> lastLine() {
        return Optional.ofNullable(lastLine);
    }

    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    boolean foundWanted() {
        return foundWanted;
    }

    boolean cutLines() {
        return cutLines;
    }

    Optional<RuntimeException> logFailure() {
        return Optional.ofNullable(logFailure);
    }
}
