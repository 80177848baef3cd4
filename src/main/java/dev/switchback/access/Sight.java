package dev.switchback.access;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the one who asks may see. Whatever loads something for a page or an answer asks here, so that no way to it can
 * forget to; what Switchback does by itself, such as driving a run, has no caller and sees everything.
 */
@ApplicationScoped
public class Sight {

    @Inject
    CallerOfRequest caller;

    /** Who asks; empty where nobody does. */
    public Optional<Caller> caller() {
        return Arc.container().requestContext().isActive() ? caller.find() : Optional.empty();
    }

    /** Whether what belongs there may be seen. */
    public boolean sees(Where where) {
        return caller().map(who -> who.may(Right.READ, where)).orElse(true);
    }

    /** What of all that may be seen, as a condition of a statement. */
    public Seen seen() {
        return caller().map(Seen::of).orElse(Seen.ALL);
    }

    /** Whether nothing is hidden from the one who asks. */
    public boolean seesEverything() {
        return seen().isAll();
    }

    /** One text for all who see the same and may do the same; never shorter than it must be. */
    public String key() {
        return caller().map(who -> String.join(
                                "\n",
                                new TreeSet<>(who.grants().all().stream()
                                        .map(Sight::exactly)
                                        .toList()))
                        + " " + who.isPerson() + new TreeSet<>(who.scopes())
                        + new TreeSet<>(who.limits().environments()))
                .orElse("");
    }

    /** Unlike the words of a grant: no service is called like a service in an environment. */
    private static String exactly(Grant grant) {
        return String.join(
                "\t",
                grant.role().word(),
                Objects.requireNonNullElse(grant.service(), ""),
                Objects.requireNonNullElse(grant.environment(), ""));
    }
}
