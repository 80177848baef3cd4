package dev.switchback.access;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** A person gives themself another password; all their other browsers are signed out. */
@ApplicationScoped
public class ChangePassword {

    @Inject
    CallerOfRequest caller;

    @Inject
    SignIn signIn;

    @Inject
    People people;

    @Inject
    Sessions sessions;

    @Inject
    Trail trail;

    /**
     * Changes it when the old one is right and the new one is good; guessing the old one is slowed like signing in.
     *
     * @param present the token of the session that stays
     * @return what is wrong, as sentences; nothing when it was changed
     */
    @Transactional
    public List<String> change(String old, String wanted, String again, String address, String present) {
        String name = caller.name();
        Optional<String> refusal = Passwords.refusal(name, wanted);
        if (refusal.isPresent()) {
            return List.of(refusal.get());
        }
        if (!wanted.equals(again)) {
            return List.of("The two new passwords differ.");
        }
        var outcome = signIn.check(name, old, address, "browser");
        if (!(outcome instanceof SignIn.Passed)) {
            return List.of(
                    outcome instanceof SignIn.Wrong
                            ? "The old password is wrong. Nothing was changed."
                            : "After too many wrong tries you must wait for a while. Nothing was changed.");
        }
        people.active(name).orElseThrow().changePassword(wanted);
        trail.record(Entry.of("person.password", "person", name));
        sessions.endAll(name, present);
        return List.of();
    }
}
