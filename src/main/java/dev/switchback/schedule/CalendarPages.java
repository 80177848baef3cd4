package dev.switchback.schedule;

import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.web.Query;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jboss.resteasy.reactive.RestQuery;

/** What is planned in the next two weeks. */
@Path("/calendar")
@Produces(MediaType.TEXT_HTML)
public class CalendarPages {

    @Inject
    ReadCalendar calendar;

    @Inject
    Environments environments;

    @Inject
    InstantSource clock;

    /** The page. */
    @CheckedTemplate(basePath = "schedule", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance calendar(CalendarPage it);
    }

    @GET
    @Transactional
    public String show(@RestQuery String environment, @RestQuery String service) {
        Instant now = clock.instant();
        Instant from = now.truncatedTo(ChronoUnit.DAYS);
        var asked = new ReadCalendar.Question(
                from, from.plus(Duration.ofDays(CalendarPage.DAYS)), Query.filled(environment), Query.filled(service));
        return Templates.calendar(CalendarPage.of(
                        calendar.find(asked),
                        now,
                        asked.environment().orElse(""),
                        asked.service().orElse(""),
                        environments.byTier().stream().map(Environment::key).toList()))
                .render();
    }
}
