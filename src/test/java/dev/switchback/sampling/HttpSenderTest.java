package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.step.CouldNotAskException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpSenderTest {

    /** Says the same bytes to each request on as many connections as come. */
    private static final class RawServer implements AutoCloseable {
        final AtomicInteger connections = new AtomicInteger();
        final List<String> heads = new CopyOnWriteArrayList<>();
        private final ServerSocket server;

        RawServer(String answer, boolean closesAfter) {
            try {
                server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            new Thread(() -> {
                        while (!server.isClosed()) {
                            try {
                                Socket socket = server.accept();
                                connections.incrementAndGet();
                                new Thread(() -> serve(socket, answer, closesAfter)).start();
                            } catch (IOException closed) {
                                return;
                            }
                        }
                    })
                    .start();
        }

        private void serve(Socket socket, String answer, boolean closesAfter) {
            try (socket) {
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    heads.add(line);
                    if (line.isEmpty()) {
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                        if (closesAfter) {
                            return;
                        }
                    }
                }
            } catch (IOException gone) {
                return;
            }
        }

        HttpCall call(String method) {
            return HttpCall.of(
                    method,
                    URI.create("http://127.0.0.1:" + server.getLocalPort() + "/a?b=c"),
                    Map.of("X-One", "1"),
                    Optional.empty(),
                    true);
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private final HttpSender kept = new HttpSender(true);
    private final StringBuilder body = new StringBuilder();

    @AfterEach
    void close() {
        kept.close();
    }

    private HttpAnswer send(HttpSender sender, HttpCall call) {
        return sender.send(
                call,
                System.nanoTime() + 10_000_000_000L,
                (buffer, offset, length) -> body.append(new String(buffer, offset, length, StandardCharsets.UTF_8)));
    }

    @Test
    void reads_a_body_with_a_length_and_uses_the_connection_again() throws Exception {
        try (var server =
                new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a: 2\r\n\r\nhello", false)) {
            HttpAnswer first = send(kept, server.call("GET"));
            assertThat(first.fault()).isEmpty();
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.headers().get("x-a")).containsExactly("1", "2");
            assertThat(first.reused()).isFalse();
            HttpAnswer second = send(kept, server.call("GET"));
            assertThat(second.reused()).isTrue();
            assertThat(second.bytes()).isEqualTo(5);
            assertThat(body).hasToString("hellohello");
            assertThat(server.connections).hasValue(1);
            assertThat(server.heads).startsWith("GET /a?b=c HTTP/1.1").contains("X-One: 1", "Connection: keep-alive");
        }
    }

    @Test
    void opens_a_connection_for_each_request_when_told_to() throws Exception {
        try (var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false);
                var each = new HttpSender(false)) {
            assertThat(send(each, server.call("GET")).reused()).isFalse();
            assertThat(send(each, server.call("GET")).reused()).isFalse();
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void reads_chunks_trailers_and_interim_answers() throws Exception {
        String answer =
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5;x=y\r\nhello\r\nA\r\n, my world\r\n0\r\nX-Trailer: 1\r\n\r\n";
        try (var server = new RawServer(answer, false)) {
            assertThat(send(kept, server.call("GET")).fault()).isEmpty();
            assertThat(body).hasToString("hello, my world");
            assertThat(send(kept, server.call("GET")).reused()).isTrue();
        }
    }

    @Test
    void reads_until_the_end_of_the_connection_when_no_length_is_told() throws Exception {
        try (var server = new RawServer("HTTP/1.0 200 OK\r\n\r\nall of it", true)) {
            HttpAnswer answer = send(kept, server.call("GET"));
            assertThat(answer.fault()).isEmpty();
            assertThat(body).hasToString("all of it");
        }
    }

    @Test
    void an_answer_to_head_has_no_body_whatever_length_it_tells() throws Exception {
        try (var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", false)) {
            assertThat(send(kept, server.call("HEAD")).fault()).isEmpty();
            assertThat(body).isEmpty();
        }
    }

    @Test
    void a_connection_that_the_service_closed_meanwhile_is_seen_before_it_is_used() throws Exception {
        try (var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true)) {
            assertThat(send(kept, server.call("GET")).fault()).isEmpty();
            // The end of the connection is on its way: whenever it has come, the next request opens a new one.
            HttpAnswer second = send(kept, server.call("GET"));
            for (int i = 0; i < 100 && second.fault().isPresent(); i++) {
                second = send(kept, server.call("GET"));
            }
            assertThat(second.fault()).isEmpty();
        }
    }

    @Test
    void an_answer_that_is_cut_off_is_reset_with_its_status() throws Exception {
        try (var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", true)) {
            HttpAnswer answer = send(kept, server.call("GET"));
            assertThat(answer.fault()).contains(Fault.RESET);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.bytes()).isEqualTo(4);
            assertThat(answer.message()).isEqualTo("the connection ended within the answer");
        }
    }

    @Test
    void an_answer_that_does_not_come_to_its_end_in_time_is_a_timeout() throws Exception {
        try (var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", false)) {
            HttpAnswer answer =
                    kept.send(server.call("GET"), System.nanoTime() + 200_000_000, (buffer, offset, length) -> {});
            assertThat(answer.fault()).contains(Fault.TIMEOUT);
            assertThat(answer.doneNanos() - answer.beganNanos()).isGreaterThanOrEqualTo(190_000_000);
        }
    }

    @Test
    void what_is_not_http_is_told_as_such() throws Exception {
        try (var server = new RawServer("SSH-2.0-OpenSSH_9.2\r\n", true)) {
            HttpAnswer answer = send(kept, server.call("GET"));
            assertThat(answer.fault()).contains(Fault.OTHER);
            assertThat(answer.message()).isEqualTo("the answer is not HTTP/1.1");
        }
    }

    @Test
    void a_plain_server_asked_over_tls_is_a_fault_of_tls() throws Exception {
        try (var server = new RawServer("HTTP/1.1 400 Bad Request\r\n\r\n", true)) {
            var call = HttpCall.of(
                    "GET",
                    URI.create("https://127.0.0.1:" + server.server.getLocalPort() + "/"),
                    Map.of(),
                    Optional.empty(),
                    true);
            HttpAnswer answer = kept.send(call, System.nanoTime() + 2_000_000_000L, (buffer, offset, length) -> {});
            assertThat(answer.fault()).isPresent();
            assertThat(answer.status()).isZero();
        }
    }

    @Test
    void closing_cuts_off_what_is_under_way() throws Exception {
        try (var server = new RawServer("", false)) {
            var answer = new HttpAnswer[1];
            var asking = new Thread(() -> answer[0] = send(kept, server.call("GET")));
            asking.start();
            while (server.heads.stream().noneMatch(String::isEmpty)) {
                Thread.onSpinWait();
            }
            kept.close();
            asking.join();
            assertThat(answer[0].fault()).contains(Fault.RESET);
        }
    }

    @Test
    void a_header_that_belongs_to_the_connection_cannot_be_chosen() {
        assertThatThrownBy(
                        () -> HttpCall.of("GET", URI.create("http://a/"), Map.of("host", "b"), Optional.empty(), true))
                .isInstanceOf(CouldNotAskException.class)
                .hasMessage("the header host cannot be sent");
    }

    @Test
    void the_host_is_told_with_its_port_only_when_the_address_has_one() {
        var plain = HttpCall.of("GET", URI.create("https://shop.example/x"), Map.of(), Optional.empty(), false);
        assertThat(new String(plain.bytes(), StandardCharsets.UTF_8))
                .startsWith("GET /x HTTP/1.1\r\nHost: shop.example\r\n")
                .contains("Connection: close\r\n");
        assertThat(plain.port()).isEqualTo(443);
        var other = HttpCall.of("POST", URI.create("http://[::1]:81"), Map.of(), Optional.of("äb"), true);
        assertThat(new String(other.bytes(), StandardCharsets.UTF_8))
                .startsWith("POST / HTTP/1.1\r\nHost: [::1]:81\r\n")
                .contains("Content-Length: 3\r\n")
                .endsWith("\r\n\r\näb");
    }

    @Test
    void the_time_of_the_database_is_read_from_server_timing() {
        assertThat(AskOnce.dbUs(Map.of("server-timing", List.of("app;dur=5, db;desc=\"14\";dur=32.5"))))
                .isEqualTo(32_500);
        assertThat(AskOnce.dbUs(Map.of("server-timing", List.of("db;dur=2")))).isEqualTo(2000);
        assertThat(AskOnce.dbUs(Map.of("server-timing", List.of("mydb;dur=2, cache;desc=hit"))))
                .isNull();
        assertThat(AskOnce.dbUs(Map.of())).isNull();
    }
}
