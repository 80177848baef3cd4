package dev.switchback.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What runs beside the server and has to end after it, last started first. However the process ends, short of kill -9,
 * the virtual machine waits for this.
 */
final class RunningParts implements AutoCloseable {

    /**
     * How long the server may take before the database is taken from under it: it lets the steps that run end
     * (switchback.engine.drain), which is up to its owner; this is only against waiting for ever.
     */
    private static final long SERVER_SECONDS = 600;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch serverEnded = new CountDownLatch(1);

    synchronized void add(AutoCloseable part) {
        parts.push(part);
    }

    /** Registers the end. Everything that it needs is loaded by now: dev mode takes class loaders away. */
    void closeAfterServer() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::waitAndClose, "switchback-end"));
    }

    /** The server is gone: nothing uses the parts any more. */
    void serverEnded() {
        serverEnded.countDown();
    }

    private void waitAndClose() {
        try {
            serverEnded.await(SERVER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception | LinkageError e) {
            System.err.println("switchback: while stopping: " + CleanLog.clean(String.valueOf(e.getMessage())));
        }
    }
}
