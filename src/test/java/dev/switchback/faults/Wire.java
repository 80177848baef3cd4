package dev.switchback.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * The network between one instance and PostgreSQL. It can be cut, so that every connection breaks, and it can fall
 * silent: then nothing arrives and nothing breaks, and what was sent meanwhile arrives when it is back, late.
 */
final class Wire implements Closeable {

    private final ServerSocket server;
    private final IntSupplier target;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final Object mood = new Object();
    private boolean silent;

    private record Pair(Socket near, Socket far) {
        void close() {
            shut(near);
            shut(far);
        }
    }

    Wire(IntSupplier target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The ports from which PostgreSQL sees the connections of this instance. */
    List<Integer> seenFrom() {
        return pairs.stream().map(pair -> pair.far().getLocalPort()).toList();
    }

    /** Breaks every connection; new ones work. */
    void cut() {
        pairs.forEach(Pair::close);
    }

    /** Nothing gets through any more. */
    void fallSilent() {
        synchronized (mood) {
            silent = true;
        }
    }

    /** It works again, and what waited arrives. */
    void speakAgain() {
        synchronized (mood) {
            silent = false;
            mood.notifyAll();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException closed) {
                // Either the whole wire is closed, or PostgreSQL is away: the instance sees a broken connection.
            }
        }
    }

    private void connect(Socket near) {
        daemon(() -> {
            try {
                awaitSpeech();
                var pair = new Pair(near, new Socket(InetAddress.getLoopbackAddress(), target.getAsInt()));
                near.setTcpNoDelay(true);
                pair.far().setTcpNoDelay(true);
                pairs.add(pair);
                daemon(() -> pump(pair, near, pair.far()));
                daemon(() -> pump(pair, pair.far(), near));
            } catch (IOException | InterruptedException away) {
                shut(near);
            }
        });
    }

    private void pump(Pair pair, Socket from, Socket to) {
        var buffer = new byte[65536];
        try {
            int read = from.getInputStream().read(buffer);
            while (read >= 0) {
                awaitSpeech();
                to.getOutputStream().write(buffer, 0, read);
                read = from.getInputStream().read(buffer);
            }
        } catch (IOException | InterruptedException broken) {
            // Both ends are closed below.
        }
        pair.close();
        pairs.remove(pair);
    }

    private void awaitSpeech() throws InterruptedException {
        synchronized (mood) {
            while (silent) {
                mood.wait();
            }
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // That is what was wanted.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
