package dev.switchback.access;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
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

    /** Whether nothing is hidden from the one who asks. */
    public boolean seesEverything() {
        return caller().map(who -> who.grants().seesEverything()
                        && who.limits().environments().isEmpty())
                .orElse(true);
    }

    /** The only services of which anything may be seen; empty when that is no limit. */
    public Optional<Set<String>> services() {
        return caller().flatMap(who -> who.grants().services());
    }

    /** One text for all who see the same. */
    public String key() {
        return seesEverything()
                ? ""
                : caller().map(who -> new TreeSet<>(who.grants().all().stream()
                                        .map(Grant::words)
                                        .toList())
                                + " " + new TreeSet<>(who.limits().environments()))
                        .orElse("");
    }
}
