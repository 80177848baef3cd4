package dev.switchback.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.access.Caller;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Sight;
import dev.switchback.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * A POST to the API that names an {@code Idempotency-Key} is carried out once, however often it is sent: the same key
 * with the same body gets the same answer for a day, with another body 422. A refused request gives its key back. Starting
 * a run keeps its answer in the transaction that makes the run and is left to itself.
 */
public class SentTwice {

    private static final Pattern PASSWORD =
            Pattern.compile("\"password\"\\s*:\\s*\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"");
    private static final Logger LOG = Logger.getLogger(SentTwice.class);
    private static final int KEY_AT_MOST = 200;
    private static final String HEADER = "Idempotency-Key";
    private static final String TAKEN = "taken-idempotency-key";

    @Inject
    CallerOfRequest caller;

    @Inject
    Sight sight;

    @Inject
    AnswersToPosts answers;

    @Inject
    ObjectMapper json;

    /** Answers what was answered before, or lets the request through and remembers that it is under way. */
    @ServerRequestFilter(priority = Priorities.USER + 100)
    public Response before(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(HEADER);
        Optional<Caller> who = caller.find();
        if (key == null || who.isEmpty() || !isOurs(request)) {
            return null;
        }
        if (key.isBlank() || key.length() > KEY_AT_MOST || key.indexOf('\0') >= 0) {
            throw Problem.syntax("The Idempotency-Key is empty or too long", "1 to " + KEY_AT_MOST + " characters")
                    .toException();
        }
        String hash = hash(request);
        Optional<AnswersToPosts.Known> known = answers.take(who.get().name(), key, hash);
        if (known.isPresent()) {
            return again(key, hash, known.get());
        }
        request.setProperty(TAKEN, key);
        return null;
    }

    private static boolean isOurs(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        return request.getMethod().equals("POST")
                && path.startsWith("/api/v1/")
                && !path.matches("/api/v1/migrations/[^/]+/runs/?");
    }

    /**
     * Address, token, what they may do, and body: who has lost a role is not given the answer from before. The body is put
     * back for the endpoint. A password is left out: a fast hash of it would be a way to guess it.
     */
    private String hash(ContainerRequestContext request) throws IOException {
        byte[] body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        MessageDigest digest = sha256();
        digest.update(request.getUriInfo().getRequestUri().toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(caller.get().proof().token().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(sight.key().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return HexFormat.of()
                .formatHex(digest.digest(PASSWORD.matcher(new String(body, StandardCharsets.ISO_8859_1))
                        .replaceAll("")
                        .getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static Response again(String key, String hash, AnswersToPosts.Known known) {
        if (!known.requestHash().equals(hash)) {
            throw Problem.content(
                            "The Idempotency-Key " + key + " was used for another request; nothing was done",
                            "a new key for a new request, or the same body again")
                    .toException();
        }
        AnswersToPosts.Answer answer = known.answer()
                .orElseThrow(() -> Problem.conflict(
                                "The same request is being carried out; how it ends is not known yet",
                                "its answer, when it has ended: send it again in a moment, or look whether it was done")
                        .toException());
        if (answer.body() == null && answer.status() != Response.Status.NO_CONTENT.getStatusCode()) {
            throw Problem.conflict(
                            "The same request was carried out before, and its answer is shown only once",
                            "a new key, after looking what the first request made")
                    .toException();
        }
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        if (answer.location() != null) {
            response.header("Location", answer.location());
        }
        if (answer.etag() != null) {
            response.header("ETag", answer.etag());
        }
        return response.type(MediaType.APPLICATION_JSON_TYPE)
                .header("Idempotent-Replayed", "true")
                .build();
    }

    /** Keeps the answer of a request that was carried out; a refused one gives its key back. */
    @ServerResponseFilter
    public void after(ContainerRequestContext request, ContainerResponseContext response) {
        Object key = request.getProperty(TAKEN);
        if (key == null) {
            return;
        }
        String person = caller.get().name();
        if (response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL) {
            var answer = new AnswersToPosts.Answer(
                    response.getStatus(),
                    response.getHeaderString("Location"),
                    response.getHeaderString("ETag"),
                    keepable(request, response));
            answers.afterwards(() -> answers.keep(person, key.toString(), answer));
        } else if (response.getStatus() != Response.Status.SERVICE_UNAVAILABLE.getStatusCode() || isSafe(response)) {
            answers.afterwards(() -> answers.release(person, key.toString()));
        }
    }

    /** When it broke off at the commit nobody knows whether it was done: the key stays taken, for whoever looks first. */
    private static boolean isSafe(ContainerResponseContext response) {
        return String.valueOf(response.getEntity()).contains("\"retrySafe\":true");
    }

    /** A new token is a secret and never reaches the database. */
    private String keepable(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getUriInfo().getPath().startsWith("/api/v1/tokens") || response.getEntity() == null) {
            return null;
        }
        try {
            return json.writeValueAsString(response.getEntity());
        } catch (JsonProcessingException e) {
            LOG.warnf(
                    "the answer to %s could not be kept; sent again it is refused",
                    request.getUriInfo().getPath());
            return null;
        }
    }
}
