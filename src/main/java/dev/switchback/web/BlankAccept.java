package dev.switchback.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;

/** Whoever says with nothing what they accept accepts anything; the framework would do the deed and then fail to answer. */
@ApplicationScoped
public class BlankAccept {

    private static final int EARLY = 500;

    void register(@Observes Filters filters) {
        filters.register(
                request -> {
                    String wanted = request.request().getHeader(HttpHeaders.ACCEPT);
                    if (wanted != null && wanted.isBlank()) {
                        request.request().headers().remove(HttpHeaders.ACCEPT);
                    }
                    request.next();
                },
                EARLY);
    }
}
