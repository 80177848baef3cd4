package dev.switchback.run;

import dev.switchback.access.Standing;
import dev.switchback.access.Where;
import dev.switchback.platform.DatabaseWatch;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * What makes the page of a run live: a stream of server-sent events. {@code changed} says that the page should be
 * fetched again, {@code log} carries new lines as ready HTML, {@code beat} says that the server is there, {@code away}
 * that it is and its database is not, {@code driver} which instance drives the run, {@code end}
 * that nothing will follow. The id of a message is {@code event.line}: who reconnects with it misses nothing and gets
 * nothing twice. It ends without a word within seconds when its reader may not read the run any more.
 */
@Path("/runs/{id}/live")
public class RunLivePages {

    @Inject
    Runs runs;

    @Inject
    LiveNews news;

    @Inject
    RunFeed feed;

    @Inject
    DatabaseWatch watch;

    @Inject
    Standing standing;

    @Inject
    Vertx vertx;

    @Inject
    InstantSource clock;

    /** A stretch of the log. */
    @CheckedTemplate(basePath = "run")
    static class Templates {
        static native TemplateInstance lines(List<LogRow> rows);
    }

    /**
     * The stream.
     *
     * @param lastEventId where a browser that reconnects left off
     * @param after where the page that opens the stream was drawn; default the beginning
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    // Not @Transactional: that would keep the transaction open as long as the stream.
    @Blocking
    public Multi<OutboundSseEvent> live(
            @RestPath long id,
            @HeaderParam("Last-Event-ID") String lastEventId,
            @RestQuery String after,
            @Context Sse sse) {
        Where where =
                QuarkusTransaction.requiringNew().call(() -> runs.require(id).where());
        BooleanSupplier allowed = standing.mayStillRead(where);
        LivePlace from = LivePlace.of(lastEventId == null ? after : lastEventId);
        return Multi.createFrom()
                .publisher(subscriber -> LiveStream.open(
                        new LiveStream.Source(
                                id, news, feed, watch, vertx, Infrastructure.getDefaultWorkerPool(), clock, allowed),
                        from,
                        sse,
                        subscriber));
    }
}
