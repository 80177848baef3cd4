package dev.switchback.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.platform.Json;
import dev.switchback.step.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A service whose answers a test chooses, also for connections that are already open. */
final class ProbedService implements AutoCloseable {

    /** How a connection is treated. */
    interface Manner {
        /** @return the answer; null to cut the connection; empty for silence */
        String answer(String path, boolean freshConnection);
    }

    static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"status\":\"ok\"}";

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket server;
    private Thread listening;
    private volatile Manner manner = (path, fresh) -> FINE;
    final int port;

    ProbedService() throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        port = server.getLocalPort();
        listen(server);
    }

    void answers(Manner next) {
        manner = next;
    }

    /** Nobody listens any more, and what was open is cut. */
    void dies() throws IOException {
        server.close();
        awaitSilence();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** As long as somebody waits for a connection, one may still be taken. */
    private void awaitSilence() {
        try {
            listening.join(5_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    void comesBack() throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        listen(server);
    }

    private void listen(ServerSocket here) {
        listening = daemon(() -> {
            while (!here.isClosed()) {
                Socket socket = here.accept();
                open.add(socket);
                daemon(() -> serve(socket));
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread daemon(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // The connection is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            boolean fresh = true;
            for (String head = head(socket.getInputStream()); head != null; head = head(socket.getInputStream())) {
                String answer = manner.answer(head.split(" ")[1], fresh);
                if (answer == null) {
                    socket.setSoLinger(true, 0);
                    return;
                }
                if (answer.isEmpty()) {
                    head(socket.getInputStream());
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                fresh = false;
            }
        } finally {
            open.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** A probe of this service. */
    ProbePlan plan(String members) {
        String request = members.contains(", \"request\"") ? "" : ", \"request\": \"GET /health\"";
        ObjectNode probe = Json.object("{\"target\": \"web\"" + request + members + "}");
        ObjectNode target = Json.object("{\"kind\":\"http\",\"url\":\"http://127.0.0.1:" + port + "\"}");
        return new ProbePlan(probe, new Target("web", "http", target), Map.of());
    }

    @Override
    public void close() throws IOException {
        dies();
    }
}
