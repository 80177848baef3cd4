package dev.switchback.schedule;

import dev.switchback.access.Caller;
import dev.switchback.access.Right;
import dev.switchback.access.Sight;
import dev.switchback.access.Where;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Somebody outside changes a service, now, later or a while ago, and says so. Said twice, it is the same. */
@ApplicationScoped
public class AnnounceDeploy {

    /** What was done longer ago touches no measurement that anybody still judges by. */
    static final Duration LATEST = Duration.ofDays(30);

    /** Nobody plans further. */
    static final Duration FARTHEST = Duration.ofDays(365);

    private static final int LINE = 200;

    @Inject
    Trail trail;

    @Inject
    Environments environments;

    @Inject
    Deploys deploys;

    @Inject
    Sight sight;

    @Inject
    InstantSource clock;

    /**
     * What somebody says.
     *
     * @param service which service
     * @param environment the key of the environment
     * @param version what is brought in
     * @param at when; null means now
     */
    public record Announcement(String service, String environment, String version, Instant at) {}

    /**
     * Writes it down.
     *
     * @return the deploy; the one that is there when the same was announced before
     * @throws dev.switchback.problem.ProblemException 403 who may not change this service there; 404 a service that they
     *     must not see; 422 wrong values
     */
    @Transactional
    public Deploy announce(Announcement said, Caller caller) {
        requireSeen(said.service());
        Environment environment = valid(said);
        caller.require(
                environment.tier().isProduction() ? Right.OPERATE : Right.REHEARSE,
                Where.of(said.service(), environment.key()));
        Instant at = at(said);
        if (insert(said, environment, at, caller) > 0) {
            trail.record(Entry.of("service.deploy", "service", said.service())
                    .where(said.service(), environment.key())
                    .to(said.version() + " at " + at));
        }
        return deploys.find(
                        "service = ?1 and environment = ?2 and version = ?3 and at = ?4",
                        said.service(),
                        environment,
                        said.version(),
                        at)
                .singleResult();
    }

    private void requireSeen(String service) {
        if (!sight.sees(Where.service(service))) {
            throw Problem.notFound("There is no service “" + service + "”", "a service that you may see")
                    .toException();
        }
    }

    private Instant at(Announcement said) {
        Instant now = clock.instant();
        return Optional.ofNullable(said.at()).orElse(now).truncatedTo(ChronoUnit.MICROS);
    }

    private Environment valid(Announcement said) {
        var wrong = new ArrayList<Violation>();
        line("service", said.service()).ifPresent(wrong::add);
        line("version", said.version()).ifPresent(wrong::add);
        time(said.at()).ifPresent(wrong::add);
        Optional<Environment> environment =
                Optional.ofNullable(said.environment()).flatMap(environments::seen);
        if (environment.isEmpty()) {
            wrong.add(Violation.of(
                    "environment",
                    said.environment() == null
                            ? "No environment is named"
                            : "There is no environment \"" + said.environment() + "\"",
                    "the key of a registered environment"));
        }
        if (!wrong.isEmpty()) {
            throw Problem.content(List.copyOf(wrong)).toException();
        }
        return environment.orElseThrow();
    }

    private static Optional<Violation> line(String field, String text) {
        String expected = "one line of text, at most " + LINE + " characters";
        if (text == null || text.isBlank()) {
            return Optional.of(Violation.of(field, "No " + field + " is named", expected));
        }
        boolean isLine = text.length() <= LINE && text.chars().noneMatch(Character::isISOControl);
        return isLine ? Optional.empty() : Optional.of(Violation.of(field, "The " + field + " is no line", expected));
    }

    private Optional<Violation> time(Instant at) {
        Instant now = clock.instant();
        boolean isNear = at == null || !at.isBefore(now.minus(LATEST)) && !at.isAfter(now.plus(FARTHEST));
        return isNear
                ? Optional.empty()
                : Optional.of(Violation.of(
                        "at",
                        "at is " + at,
                        "a time at most " + LATEST.toDays() + " days ago and at most " + FARTHEST.toDays()
                                + " days ahead"));
    }

    private int insert(Announcement said, Environment environment, Instant at, Caller caller) {
        return deploys.getEntityManager()
                .createNativeQuery(
                        "INSERT INTO deploy (service, environment_id, version, at, announced_by, announced_at)"
                                + " VALUES (:service, :environment, :version, :at, :by, :now) ON CONFLICT DO NOTHING")
                .setParameter("service", said.service())
                .setParameter("environment", environment.id())
                .setParameter("version", said.version())
                .setParameter("at", at)
                .setParameter("by", caller.name())
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
