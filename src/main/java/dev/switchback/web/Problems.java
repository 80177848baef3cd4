package dev.switchback.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.problem.Violation;
import io.quarkus.logging.Log;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Turns bad news into what the reader can use: a page for a browser, problem+json for a program, a line for the log. */
public class Problems {

    /** What the database says of a NUL character, in text and in JSON, and of a time that it cannot hold. */
    private static final Set<String> UNSTORABLE_STATES = Set.of("22021", "22P05", "22008");

    private static final Problem UNSTORABLE = Problem.content(
            "A value cannot be stored or looked up; nothing was done",
            "text without NUL characters, times between the years 1 and 9999");

    private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

    @Inject
    RoutingContext request;

    @Inject
    InstantSource clock;

    @Inject
    com.fasterxml.jackson.databind.ObjectMapper mapper;

    @ConfigProperty(name = "quarkus.http.limits.max-parameters")
    int mostFields;

    /** The page that shows a problem. */
    @CheckedTemplate(basePath = "web")
    static class Templates {
        static native TemplateInstance error(Problem problem, String id);
    }

    @ServerExceptionMapper
    Response known(ProblemException e) {
        // For the audit trail, which writes down who was refused what.
        request.put("told problem", e.problem());
        return answer(e.problem(), null);
    }

    @ServerExceptionMapper
    Response json(JsonProcessingException e) {
        return answer(ofJson(e), null);
    }

    /** More special than the one above, because Quarkus brings a mapper of its own for this one. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException e) {
        return answer(ofJson(e), null);
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return answer(ofJson(json), null);
        }
        Response response = e.getResponse();
        int status = response.getStatus();
        if (status < 400) {
            return response;
        }
        if (status >= 500) {
            return unexpected(e);
        }
        return answer(unreadableParameter(e).orElseGet(() -> ofStatus(status)), null);
    }

    /** A query parameter that is no number: the framework says 404 for it, as if the address were wrong. */
    private Optional<Problem> unreadableParameter(WebApplicationException e) {
        if (!(e.getCause() instanceof NumberFormatException unreadable) || unreadable.getMessage() == null) {
            return Optional.empty();
        }
        return request.queryParams().entries().stream()
                .filter(parameter -> unreadable.getMessage().contains('"' + parameter.getValue() + '"'))
                .findFirst()
                .map(parameter -> Problem.content(List.of(Violation.of(
                        parameter.getKey(),
                        parameter.getKey() + " is “" + parameter.getValue() + "”",
                        "a whole number"))));
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        if (hasUnreadableAccept(e)) {
            return answer(ofStatus(406), null);
        }
        if (hasTooManyFields(e)) {
            return answer(Problem.tooLarge("The form has too many fields", "at most " + mostFields), null);
        }
        return DatabaseTrouble.of(e)
                .map(trouble -> unavailable(trouble, e))
                .orElseGet(() -> unstorable(e) ? answer(UNSTORABLE, null) : failed(e));
    }

    /** What was typed goes back to the browser, so that it can be sent again. */
    private Response unavailable(DatabaseTrouble trouble, Throwable e) {
        Log.warnf("%s %s failed: %s", request.request().method(), request.normalizedPath(), e);
        Response.ResponseBuilder answer = Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, DatabaseTrouble.RETRY_AFTER_SECONDS);
        return wantsPage()
                ? answer.type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                        .entity(TroublePage.of(trouble, request, sentForm(), clock.instant()))
                        .build()
                : answer.type(PROBLEM_JSON)
                        .entity(json(trouble.problem(TroublePage.isChanging(request))))
                        .build();
    }

    private Optional<KeptForm> sentForm() {
        String type = String.valueOf(request.request().getHeader(HttpHeaders.CONTENT_TYPE))
                .split(";")[0]
                .trim();
        return Optional.ofNullable(CurrentRequestManager.get().getFormData())
                .map(form -> KeptForm.of(request.request().uri(), type, form));
    }

    /** The framework reads this header while it writes the answer, and says so only in words. */
    private static boolean hasUnreadableAccept(Throwable e) {
        return e instanceof IllegalArgumentException
                && e.getMessage() != null
                && e.getMessage().startsWith("Failed to parse media type");
    }

    /** The framework says so only in words. */
    private static boolean hasTooManyFields(Throwable e) {
        return e.getMessage() != null && e.getMessage().startsWith("Param limit of ");
    }

    private Response failed(Throwable e) {
        String id = UUID.randomUUID().toString().substring(0, 8);
        Log.errorf(e, "problem %s: %s %s failed", id, request.request().method(), request.normalizedPath());
        var problem = new Problem(
                500,
                "Something went wrong in Switchback",
                "The request could not be carried out; the reason is in the server's log under " + id,
                "an answer",
                false,
                List.of(),
                Map.of("id", id));
        return answer(problem, id);
    }

    private static boolean unstorable(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && UNSTORABLE_STATES.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static Problem ofJson(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            String path = path(unknown);
            String known = unknown.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return Problem.content(List.of(Violation.of(path, "Unknown field " + path, "one of: " + known)));
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String path = path(mapping);
            return Problem.content(
                    List.of(Violation.of(path, "The value of " + path + " has the wrong type", "see /q/openapi")));
        }
        if (e instanceof MismatchedInputException && isTrailing(e)) {
            return Problem.syntax("Something follows the JSON object", "one JSON object and nothing behind it");
        }
        if (e instanceof MismatchedInputException) {
            return Problem.syntax("The body is not a JSON object", "a JSON object");
        }
        var at = e.getLocation();
        boolean twice = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field");
        return Problem.syntax(
                (twice ? "A member of the body stands there twice" : "The body is not valid JSON")
                        + (at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr()),
                "a JSON object");
    }

    private static boolean isTrailing(JsonProcessingException e) {
        return String.valueOf(e.getOriginalMessage()).contains("Trailing token");
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(ref -> ref.getFieldName() == null ? "[" + ref.getIndex() + "]" : ref.getFieldName())
                .collect(Collectors.joining("."));
    }

    private Problem ofStatus(int status) {
        String what = request.request().method() + " " + request.normalizedPath();
        return switch (status) {
            case 404 ->
                Problem.notFound("There is nothing at " + request.normalizedPath(), "an address of this Switchback");
            case 405 ->
                plain(status, "Not possible here", what + " is not something this address can do", "another method");
            case 406 ->
                plain(
                        status,
                        "Not available in this form",
                        what + " cannot be answered in the wanted format",
                        "another Accept header");
            case 413 -> Problem.tooLarge("The request is too large", "at most 5 MiB");
            case 415 ->
                plain(
                        status,
                        "Not in a readable format",
                        "The Content-Type of " + what + " is not readable here",
                        "application/json, or application/yaml for an import");
            default -> plain(status, "The request could not be read", what + " could not be read", "see /q/openapi");
        };
    }

    private static Problem plain(int status, String title, String detail, String expected) {
        return new Problem(status, title, detail, expected, true, List.of(), Map.of());
    }

    private Response answer(Problem problem, String id) {
        Object pause = problem.more().get("retryAfter");
        if (pause != null) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, pause.toString());
        }
        return wantsPage()
                ? Response.status(problem.status())
                        .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                        .entity(Templates.error(problem, id).render())
                        .build()
                : Response.status(problem.status())
                        .type(PROBLEM_JSON)
                        .entity(json(problem))
                        .build();
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can always be written", e);
        }
    }

    private boolean wantsPage() {
        return TroublePage.isWanted(request);
    }
}
