package dev.switchback.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.platform.DatabaseWatch;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers requests at the door while the database is away, or when it did not say who is asking: no endpoint is reached,
 * nothing is done, and nobody waits.
 */
@ApplicationScoped
public class TroubleAtTheDoor {

    private static final long LARGEST_FORM = 1 << 20;

    /** The filter that asks has 200; higher comes first. */
    private static final int BEFORE_ANYBODY_IS_ASKED_WHO_THEY_ARE = 300;

    @Inject
    InstantSource clock;

    @Inject
    ObjectMapper mapper;

    @Inject
    DatabaseWatch watch;

    void stand(@Observes Router router) {
        router.route().failureHandler(this::answerFailure);
    }

    void stand(@Observes Filters filters) {
        filters.register(this::turnAway, BEFORE_ANYBODY_IS_ASKED_WHO_THEY_ARE);
    }

    private void turnAway(RoutingContext request) {
        if (watch.awaySince().isEmpty() || needsNoDatabase(request.normalizedPath())) {
            request.next();
        } else {
            answer(request, new DatabaseTrouble(DatabaseTrouble.Kind.AWAY, false));
        }
    }

    private static boolean needsNoDatabase(String path) {
        return path.startsWith("/assets/") || path.startsWith("/q/health/");
    }

    private void answerFailure(RoutingContext request) {
        Optional<DatabaseTrouble> trouble = DatabaseTrouble.of(request.failure());
        if (trouble.isEmpty() || request.response().ended()) {
            request.next();
            return;
        }
        Log.warnf("%s %s failed: %s", request.request().method(), request.normalizedPath(), request.failure());
        answer(request, trouble.get());
    }

    private void answer(RoutingContext request, DatabaseTrouble trouble) {
        if (!TroublePage.isWanted(request)) {
            end(request, "application/problem+json", json(trouble, request));
        } else {
            readForm(
                    request.request(),
                    form -> end(
                            request,
                            "text/html;charset=UTF-8",
                            TroublePage.of(trouble, request, form, clock.instant())));
        }
    }

    private static void readForm(HttpServerRequest request, Consumer<Optional<KeptForm>> then) {
        String type =
                String.valueOf(request.getHeader("Content-Type")).split(";")[0].trim();
        boolean form = type.equals("multipart/form-data") || type.equals("application/x-www-form-urlencoded");
        String length = String.valueOf(request.getHeader("Content-Length"));
        if (!form || request.isEnded() || !length.matches("\\d{1,9}") || Long.parseLong(length) > LARGEST_FORM) {
            then.accept(Optional.empty());
            return;
        }
        request.setExpectMultipart(true);
        request.exceptionHandler(broken -> Log.debug("a form broke off", broken));
        request.endHandler(end -> then.accept(Optional.of(KeptForm.of(request.uri(), type, request.formAttributes()))));
        request.resume();
    }

    private static void end(RoutingContext request, String type, String body) {
        request.response()
                .setStatusCode(503)
                .putHeader("Content-Type", type)
                .putHeader("Retry-After", "" + DatabaseTrouble.RETRY_AFTER_SECONDS)
                .end(body);
    }

    private String json(DatabaseTrouble trouble, RoutingContext request) {
        try {
            return mapper.writeValueAsString(trouble.problem(TroublePage.isChanging(request)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can always be written", e);
        }
    }
}
