package dev.switchback.sampling;

import dev.switchback.step.Outbound;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends requests over HTTP/1.1 in the thread that asks, and hides nothing: no retry, no redirect, no waiting for a free
 * connection. The client of the JDK sends a GET again by itself when a kept-open connection was cut, which is just what
 * must be seen here, and does not tell which connection answered; docs/decisions/0009 has the figures.
 *
 * <p>A connection that was not used for {@value #LONGEST_IDLE_MS} ms is not used again: servers close idle ones at
 * about 5 s, and a request that meets the end of its connection would look like a failure of the service.
 *
 * <p>Safe for use by several threads.
 */
public final class HttpSender implements AutoCloseable {

    static final long LONGEST_IDLE_MS = 2000;

    private final boolean keep;
    private final SSLSocketFactory encrypting;
    private final Map<String, Deque<HttpLine>> idle = new ConcurrentHashMap<>();
    private final Set<HttpLine> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param keep whether connections are kept open and used again, the last one used first; otherwise each request
     *     opens one of its own
     */
    public HttpSender(boolean keep) {
        this(keep, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    HttpSender(boolean keep, SSLSocketFactory encrypting) {
        this.keep = keep;
        this.encrypting = encrypting;
    }

    /** Takes the body of an answer as it comes. */
    @FunctionalInterface
    public interface Body {
        void bytes(byte[] buffer, int offset, int length);
    }

    /**
     * Sends a request and reads the answer to its end. Never throws for anything that the network or the service does.
     *
     * @param deadlineNanos the moment of {@link System#nanoTime()} at which it is given up; looking up a name and
     *     writing may go beyond
     */
    public HttpAnswer send(HttpCall call, long deadlineNanos, Body body) {
        long began = System.nanoTime();
        HttpLine line = null;
        boolean reused = false;
        try {
            line = idleLine(call);
            reused = line != null;
            if (line == null) {
                line = connect(call, deadlineNanos);
            }
            HttpLine.Head head = line.ask(call, deadlineNanos, body);
            var answer = answer(began, head, line, reused, Optional.empty(), "");
            putBack(call, line);
            return answer;
        } catch (IOException failed) {
            var answer = answer(
                    began,
                    line == null ? null : line.head(),
                    line,
                    reused,
                    Optional.of(Fault.of(failed)),
                    String.valueOf(failed.getMessage()));
            drop(line);
            return answer;
        }
    }

    private static HttpAnswer answer(
            long began, HttpLine.Head head, HttpLine line, boolean reused, Optional<Fault> fault, String message) {
        long now = System.nanoTime();
        return new HttpAnswer(
                began,
                line == null ? -1 : line.firstByteNanos(),
                now,
                head == null ? 0 : head.status(),
                head == null ? Map.of() : head.headers(),
                line == null ? 0 : line.bodyBytes(),
                reused,
                line == null ? null : line.remote(),
                fault,
                message);
    }

    private HttpLine idleLine(HttpCall call) {
        Deque<HttpLine> lines = idle.get(call.place());
        while (lines != null) {
            HttpLine line = lines.pollFirst();
            if (line == null) {
                return null;
            }
            if (line.idleMs() <= LONGEST_IDLE_MS && line.isAlive()) {
                return line;
            }
            drop(line);
        }
        return null;
    }

    private void putBack(HttpCall call, HttpLine line) {
        if (keep && line.canBeUsedAgain() && !closed) {
            line.rest();
            idle.computeIfAbsent(call.place(), any -> new ConcurrentLinkedDeque<>())
                    .addFirst(line);
            if (closed) {
                drop(line);
            }
        } else {
            drop(line);
        }
    }

    private void drop(HttpLine line) {
        if (line != null) {
            open.remove(line);
            line.close();
        }
    }

    /** One address after the other, as every client does: a name may stand for some that do not answer. */
    private HttpLine connect(HttpCall call, long deadline) throws IOException {
        List<InetAddress> addresses = List.of(InetAddress.getAllByName(call.host()));
        IOException last = null;
        for (int i = 0; i < addresses.size(); i++) {
            try {
                Outbound.require(addresses.get(i), call.port());
                long left = HttpLine.millisUntil(deadline);
                return connect(call, addresses.get(i), Math.max(1, left / (addresses.size() - i)), deadline);
            } catch (IOException failed) {
                last = failed;
                Fault fault = Fault.of(failed);
                if (fault != Fault.REFUSED && fault != Fault.TIMEOUT) {
                    throw failed;
                }
            }
        }
        throw last == null ? new SocketException("no address for " + call.host()) : last;
    }

    private HttpLine connect(HttpCall call, InetAddress address, long within, long deadline) throws IOException {
        var to = new InetSocketAddress(address, call.port());
        SocketChannel channel = call.encrypted() ? null : SocketChannel.open();
        Socket socket = channel == null ? new Socket() : channel.socket();
        HttpLine line = new HttpLine(socket, channel, to);
        open.add(line);
        try {
            if (closed) {
                throw new SocketException("stopped");
            }
            socket.setTcpNoDelay(true);
            socket.connect(to, (int) Math.min(Integer.MAX_VALUE, within));
            if (call.encrypted()) {
                encrypt(line, call, deadline);
            }
            line.connected();
            return line;
        } catch (IOException failed) {
            drop(line);
            throw failed;
        }
    }

    private void encrypt(HttpLine line, HttpCall call, long deadline) throws IOException {
        Socket plain = line.socket();
        plain.setSoTimeout((int) HttpLine.millisUntil(deadline));
        var socket = (SSLSocket) encrypting.createSocket(plain, call.host(), call.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        line.encryptedBy(socket);
        try {
            socket.startHandshake();
        } catch (SocketTimeoutException tooLate) {
            throw new SocketTimeoutException("no agreement on encryption in time");
        }
    }

    /** Closes every connection, also those in use: their requests end with {@link Fault#RESET}. For good. */
    @Override
    public void close() {
        closed = true;
        open.forEach(HttpLine::close);
        open.clear();
        idle.clear();
    }
}
