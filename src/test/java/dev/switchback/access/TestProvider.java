package dev.switchback.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;

/** A provider of identities, as small as the rules let it be: it asks nobody for a password and believes the test. */
public class TestProvider implements QuarkusTestResourceLifecycleManager {

    private static final String CLIENT = "switchback";
    private static final String SECRET = "a-secret-between-the-two";

    private record Asked(String nonce, String challenge, String redirect, Claims claims) {}

    /** What the provider says of somebody. */
    record Claims(String subject, Map<String, Object> more, UnaryOperator<JwtClaims> lie, boolean forged) {
        static Claims of(String subject, Map<String, Object> more) {
            return new Claims(subject, more, claims -> claims, false);
        }

        Claims lying(UnaryOperator<JwtClaims> about) {
            return new Claims(subject, more, about, false);
        }

        Claims signedBySomebodyElse() {
            return new Claims(subject, more, lie, true);
        }
    }

    private static final Map<String, Asked> CODES = new ConcurrentHashMap<>();
    private static volatile boolean away;
    private static volatile RsaJsonWebKey key;
    private static volatile RsaJsonWebKey strange;
    private static volatile String issuer;

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("one");
            strange = RsaJwkGenerator.generateJwk(2048);
            strange.setKeyId("one");
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException | org.jose4j.lang.JoseException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newFixedThreadPool(4));
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", this::answer);
        server.start();
        return Map.of(
                "switchback.oidc.issuer", issuer,
                "switchback.oidc.client-secret", SECRET,
                "switchback.oidc.name", "Test provider",
                "switchback.oidc.roles.\"night-shift\"", "operator@staging, viewer",
                "switchback.oidc.roles.writers", "author/shop");
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    static void away(boolean is) {
        away = is;
    }

    /** Somebody is sent here with this address and says that it is them; where they are sent back to. */
    static String signIn(String location, Claims claims) {
        Map<String, String> asked = query(URI.create(location).getRawQuery());
        String code = UUID.randomUUID().toString();
        CODES.put(code, new Asked(asked.get("nonce"), asked.get("code_challenge"), asked.get("redirect_uri"), claims));
        return asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state");
    }

    static Map<String, String> query(String text) {
        return Arrays.stream(text.split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(
                        each -> each[0], each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8), (a, b) -> b));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            if (away) {
                send(exchange, 503, "{}");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" ->
                    send(
                            exchange,
                            200,
                            org.jose4j.json.JsonUtil.toJson(Map.of(
                                    "issuer", issuer,
                                    "authorization_endpoint", issuer + "/authorize",
                                    "token_endpoint", issuer + "/token",
                                    "jwks_uri", issuer + "/keys")));
                case "/keys" -> send(exchange, 200, "{\"keys\":[" + key.toJson() + "]}");
                case "/token" -> token(exchange);
                default -> send(exchange, 404, "{}");
            }
        } catch (Exception e) {
            send(exchange, 500, "{\"error\":\"" + e.getClass().getSimpleName() + "\"}");
        }
    }

    private void token(HttpExchange exchange) throws Exception {
        var form = query(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic = exchange.getRequestHeaders().getFirst("Authorization");
        String wanted =
                "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        Asked asked = CODES.remove(form.get("code"));
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(String.valueOf(form.get("code_verifier")).getBytes(StandardCharsets.US_ASCII)));
        if (asked == null
                || !wanted.equals(basic)
                || !challenge.equals(asked.challenge())
                || !asked.redirect().equals(form.get("redirect_uri"))) {
            send(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        var answer = new HashMap<String, Object>();
        answer.put("access_token", UUID.randomUUID().toString());
        answer.put("token_type", "Bearer");
        answer.put("expires_in", 300);
        answer.put("id_token", idToken(asked));
        send(exchange, 200, org.jose4j.json.JsonUtil.toJson(answer));
    }

    private static String idToken(Asked asked) throws Exception {
        var claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(CLIENT);
        claims.setSubject(asked.claims().subject());
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setStringClaim("nonce", asked.nonce());
        asked.claims().more().forEach(claims::setClaim);
        var signature = new JsonWebSignature();
        signature.setPayload(asked.claims().lie().apply(claims).toJson());
        signature.setKey((asked.claims().forged() ? strange : key).getPrivateKey());
        signature.setKeyIdHeaderValue("one");
        signature.setAlgorithmHeaderValue("RS256");
        return signature.getCompactSerialization();
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
