package dev.switchback.access;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** The keys that programs use. */
@ApplicationScoped
public class ApiTokens implements PanacheRepository<ApiToken> {

    @Inject
    InstantSource clock;

    @Inject
    People people;

    /** Who is behind this token, if it is still good. */
    @Transactional
    Optional<Caller> callerOf(String token) {
        var now = clock.instant();
        Optional<ApiToken> found = find(
                        "from ApiToken t join fetch t.person where t.tokenHash = ?1", Passwords.digest(token))
                .firstResultOptional();
        return found.filter(t -> t.isGood(now) && t.person().isActive()).map(t -> {
            t.used(now);
            return Caller.program(
                    t.person().name(),
                    t.person().displayName(),
                    t.name(),
                    new Caller.Limits(t.scopes(), Set.of()),
                    people.grantsOf(t.person()));
        });
    }
}
