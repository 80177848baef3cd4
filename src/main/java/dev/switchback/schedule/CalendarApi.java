package dev.switchback.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.web.Query;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** What is planned, for programs. */
@Path("/api/v1/calendar")
public class CalendarApi {

    private static final Duration UNLESS_SAID = Duration.ofDays(14);
    private static final Duration AT_MOST = Duration.ofDays(62);

    @Inject
    ReadCalendar calendar;

    @Inject
    InstantSource clock;

    /** A stretch of the calendar; {@code cut} when there is more in it than is shown. */
    public record CalendarView(Instant from, Instant to, boolean cut, List<ItemView> items) {

        static CalendarView of(Instant from, Instant to, ReadCalendar.Found found) {
            return new CalendarView(
                    from,
                    to,
                    !found.cut().isEmpty(),
                    found.items().stream().map(ItemView::of).toList());
        }
    }

    /** Something in it; {@code url} is its page. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ItemView(
            String kind,
            Instant from,
            Instant to,
            String environment,
            String service,
            String title,
            String url,
            List<String> conflicts) {

        static ItemView of(CalendarItem item) {
            return new ItemView(
                    item.kind(),
                    item.from(),
                    item.to(),
                    item.environment(),
                    item.service(),
                    item.title(),
                    item.href(),
                    item.conflicts());
        }
    }

    /** From now on and for two weeks unless something else is said; at most 62 days. */
    @GET
    @Transactional
    public CalendarView show(
            @RestQuery String from, @RestQuery String to, @RestQuery String environment, @RestQuery String service) {
        Instant begins = time("from", from).orElse(clock.instant());
        Instant ends = time("to", to).orElse(begins.plus(UNLESS_SAID));
        if (!ends.isAfter(begins) || ends.isAfter(begins.plus(AT_MOST))) {
            throw wrong("to", "to is " + ends, "a time after from, at most " + AT_MOST.toDays() + " days");
        }
        return CalendarView.of(
                begins,
                ends,
                calendar.find(
                        new ReadCalendar.Question(begins, ends, Query.filled(environment), Query.filled(service))));
    }

    private static Optional<Instant> time(String name, String said) {
        try {
            return Query.filled(said).map(Instant::parse).map(CalendarApi::near);
        } catch (DateTimeException e) {
            throw wrong(name, name + " is “" + said + "”", "a time in UTC such as 2026-12-20T00:00:00Z");
        }
    }

    private static Instant near(Instant said) {
        if (said.isBefore(Instant.parse("2000-01-01T00:00:00Z"))
                || said.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
            throw new DateTimeException("too far away");
        }
        return said;
    }

    private static RuntimeException wrong(String field, String message, String expected) {
        return Problem.content(List.of(Violation.of(field, message, expected))).toException();
    }
}
