package dev.switchback.measurement;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A small service to measure: answers at once, says its cache state and its database calls, and who it is. */
final class MeasuredService implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    final AtomicInteger asked = new AtomicInteger();
    volatile String name = "staging";
    volatile int status = 200;

    MeasuredService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean whoami = exchange.getRequestURI().getPath().equals("/whoami");
        byte[] body = (whoami ? name : "products").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Cache", "HIT");
        exchange.getResponseHeaders().set("X-DB-Calls", "3");
        if (!whoami) {
            asked.incrementAndGet();
        }
        exchange.sendResponseHeaders(whoami ? 200 : status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
