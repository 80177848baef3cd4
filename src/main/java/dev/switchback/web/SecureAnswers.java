package dev.switchback.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Over TLS, also when a trusted proxy speaks it for us, browsers are told never to come back without it. */
@ApplicationScoped
public class SecureAnswers {

    private static final int EARLY = 500;
    private static final String TWO_YEARS = "max-age=63072000";

    void register(@Observes Filters filters) {
        filters.register(
                request -> {
                    if (request.request().isSSL()) {
                        request.response().putHeader("Strict-Transport-Security", TWO_YEARS);
                    }
                    request.next();
                },
                EARLY);
    }
}
