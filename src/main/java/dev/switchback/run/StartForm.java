package dev.switchback.run;

import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.web.Query;
import jakarta.ws.rs.FormParam;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What a browser posts to start a run. */
public class StartForm {

    @FormParam("environment")
    String environment;

    @FormParam("revision")
    Integer revision;

    @FormParam("read")
    Integer read;

    @FormParam("purpose")
    String purpose;

    @FormParam("finish")
    String finish;

    @FormParam("measure")
    String measure;

    @FormParam("startAt")
    String startAt;

    @FormParam("reason")
    String reason;

    @FormParam("gate")
    List<String> gates;

    @FormParam("confirm")
    String confirm;

    @FormParam("token")
    String token;

    public Integer revision() {
        return revision;
    }

    public String purpose() {
        return purpose == null ? "" : purpose;
    }

    public String finish() {
        return finish == null ? "applied" : finish;
    }

    /** In full, unless something else was chosen. */
    public String measure() {
        return measure == null ? "full" : measure;
    }

    public String startAt() {
        return startAt == null ? "" : startAt;
    }

    /** When it is to begin; empty when nothing was said, or nothing that is a time. */
    Optional<Instant> planned() {
        try {
            return Query.filled(startAt).map(text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException toldWhenItIsSent) {
            return Optional.empty();
        }
    }

    public String reason() {
        return reason == null ? "" : reason;
    }

    /** Whether it is to go ahead against this gate. */
    public boolean breaks(String gate) {
        return gates != null && gates.contains(gate);
    }

    public String confirm() {
        return confirm == null ? "" : confirm;
    }

    public String token() {
        return token == null ? "" : token;
    }

    StartRun.Request request(String migration) {
        return new StartRun.Request(
                migration,
                environment,
                purpose,
                revision,
                read,
                "rehearsal".equals(purpose) ? finish() : null,
                measure,
                Query.filled(startAt).map(StartForm::instant).orElse(null),
                Query.filled(reason).orElse(null),
                Query.filled(reason)
                        .map(given -> gates == null ? List.<String>of() : gates)
                        .orElse(null));
    }

    /** As a browser's field for date and time writes it; the zone is UTC, as everywhere. */
    private static Instant instant(String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw Problem.content(List.of(Violation.of(
                            "startAt", "“" + text + "” is not a date and time", "such as 2026-11-30T21:00, in UTC")))
                    .toException();
        }
    }

    /** One press, one run: the same form sent again, or sent again after Back, leads to the run it made. */
    IdempotencyKey key(String migration) {
        return new IdempotencyKey("page:" + token(), "start " + migration + " in " + environment);
    }
}
