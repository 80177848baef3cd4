package dev.switchback.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** The browsers that are signed in. */
@ApplicationScoped
public class Sessions implements PanacheRepositoryBase<Session, String> {

    @Inject
    InstantSource clock;

    @Inject
    AccessConfig config;

    /** Opens a session; the answer is the token for the cookie and is known to nobody else. */
    @Transactional
    public String open(Person person) {
        String token = Passwords.randomToken();
        persist(new Session(token, person, clock.instant(), config.absolute()));
        return token;
    }

    /** Who is behind this cookie, if it is still good. */
    @Transactional
    Optional<Caller> callerOf(String token) {
        var now = clock.instant();
        Optional<Session> session = find(
                        "from Session s join fetch s.person where s.tokenHash = ?1", Passwords.digest(token))
                .firstResultOptional();
        return session.filter(s -> s.isOpen(now, config.idle()) && s.person().isActive())
                .map(s -> {
                    s.seen(now);
                    return Caller.browser(s.person().name(), s.person().displayName(), s.csrfToken());
                });
    }

    /** Ends the session of this cookie; does nothing when there is none. */
    @Transactional
    public void close(String token) {
        deleteById(Passwords.digest(token));
    }

    /** Forgets sessions that ran out. */
    @Transactional
    @Scheduled(every = "1h", delayed = "5m")
    public void forgetExpired() {
        var now = clock.instant();
        delete("expiresAt < ?1 or lastSeenAt < ?2", now, now.minus(config.idle()));
    }
}
