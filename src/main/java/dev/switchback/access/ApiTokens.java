package dev.switchback.access;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The keys that programs use. */
@ApplicationScoped
public class ApiTokens implements PanacheRepository<ApiToken> {

    private static final Duration SHOWN_AFTER_THE_END = Duration.ofDays(30);
    private static final int AT_MOST = 200;

    @Inject
    InstantSource clock;

    @Inject
    People people;

    /** Who is behind this token, if it is still good. */
    @Transactional
    Optional<Caller> callerOf(String token, String address) {
        var now = clock.instant();
        Optional<ApiToken> found = find(
                        "from ApiToken t join fetch t.person where t.tokenHash = ?1", Passwords.digest(token))
                .firstResultOptional();
        return found.filter(t -> t.isGood(now) && t.person().isActive()).map(t -> {
            t.used(now, address);
            return Caller.program(t.person(), t, people.grantsOf(t.person()));
        });
    }

    /** How many of the person's tokens can be used. */
    long countGood(Person person) {
        return count(
                "person = ?1 and revokedAt is null and (expiresAt is null or expiresAt > ?2)", person, clock.instant());
    }

    /** The tokens of this person that can be used or ended within the last 30 days, the newest first. */
    List<ApiToken> of(String person) {
        var lately = clock.instant().minus(SHOWN_AFTER_THE_END);
        return find(
                        "from ApiToken t join fetch t.person p where p.name = ?1 and (t.revokedAt is null or"
                                + " t.revokedAt > ?2) and (t.expiresAt is null or t.expiresAt > ?2) order by t.id desc",
                        person,
                        lately)
                .page(0, AT_MOST)
                .list();
    }

    /** The keys of the environments that the caller may see. */
    List<String> environments(Caller caller) {
        List<?> keys = getEntityManager()
                .createNativeQuery("SELECT key FROM environment ORDER BY key")
                .getResultList();
        return keys.stream()
                .map(String.class::cast)
                .filter(key -> caller.may(Right.READ, Where.environment(key)))
                .toList();
    }
}
