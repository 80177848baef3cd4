package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EncryptedSenderTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpsServer server;
    private SSLContext trusting;

    @BeforeEach
    void start() throws Exception {
        Path file = folder.resolve("server.p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=shop.example",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        assertThat(made).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        trust.init(trusted);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(trusting));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                TestServer.say(exchange, 200, "private", Map.of());
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpAnswer ask(HttpSender sender, String host) {
        var address = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
        return sender.send(
                HttpCall.of("GET", address, Map.of(), Optional.empty(), true),
                System.nanoTime() + 30_000_000_000L,
                (buffer, offset, length) -> {});
    }

    @Test
    void speaks_to_a_service_whose_certificate_is_trusted_and_keeps_the_connection() {
        try (var sender = new HttpSender(true, trusting.getSocketFactory())) {
            HttpAnswer first = ask(sender, "127.0.0.1");
            assertThat(first.fault()).as(first.message()).isEmpty();
            assertThat(first.bytes()).isEqualTo(7);
            assertThat(ask(sender, "127.0.0.1").reused()).isTrue();
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_a_fault_of_tls() {
        try (var sender = new HttpSender(true)) {
            assertThat(ask(sender, "127.0.0.1").fault()).contains(Fault.TLS);
        }
    }

    @Test
    void a_certificate_for_another_name_is_a_fault_of_tls() {
        try (var sender = new HttpSender(true, trusting.getSocketFactory())) {
            HttpAnswer answer = ask(sender, "localhost");
            assertThat(answer.fault()).contains(Fault.TLS);
            assertThat(answer.message()).contains("localhost");
        }
    }
}
