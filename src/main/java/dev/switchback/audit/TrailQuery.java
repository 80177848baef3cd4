package dev.switchback.audit;

import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which entries somebody is looking for. Empty means: any.
 *
 * @param actor exactly this name
 * @param object a key or number, or kind and key: {@code run/17}
 * @param action a verb, {@code run.start}, or its first part, {@code run}
 * @param service exactly this one
 * @param environment the key
 * @param since from then on
 * @param until before then
 */
public record TrailQuery(
        Optional<String> actor,
        Optional<String> object,
        Optional<String> action,
        Optional<String> service,
        Optional<String> environment,
        Optional<Instant> since,
        Optional<Instant> until) {

    /** As it was typed. */
    public record Typed(
            String actor,
            String object,
            String action,
            String service,
            String environment,
            String since,
            String until) {

        /** Whether more is asked for than what it is about. */
        public boolean isNarrowed() {
            return Stream.of(actor, action, service, environment, since, until)
                    .anyMatch(each -> each != null && !each.isBlank());
        }
    }

    /**
     * Reads what was typed. A day means its beginning for {@code since} and its end for {@code until}; times without a
     * zone are UTC.
     *
     * @throws dev.switchback.problem.ProblemException 422 for what is no time
     */
    public static TrailQuery of(Typed typed) {
        return new TrailQuery(
                filled(typed.actor()),
                filled(typed.object()),
                filled(typed.action()),
                filled(typed.service()),
                filled(typed.environment()),
                filled(typed.since()).map(text -> time("since", text, 0)),
                filled(typed.until()).map(text -> time("until", text, 1)));
    }

    private static Optional<String> filled(String text) {
        return Optional.ofNullable(text).map(String::trim).filter(each -> !each.isEmpty());
    }

    private static Instant time(String field, String text, int daysLater) {
        try {
            Instant time;
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                time = LocalDate.parse(text).plusDays(daysLater).atStartOfDay().toInstant(ZoneOffset.UTC);
            } else if (text.matches(".*(Z|[+-]\\d{2}:\\d{2})")) {
                time = java.time.OffsetDateTime.parse(text).toInstant();
            } else {
                time = LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
            }
            // The database counts microseconds.
            return time.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw Problem.content(List.of(Violation.of(
                            field,
                            field + " is “" + text + "”",
                            "a day or a time, 2026-11-23 or 2026-11-23T14:05 (UTC)")))
                    .toException();
        }
    }
}
