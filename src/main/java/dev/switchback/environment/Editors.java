package dev.switchback.environment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.access.Caller;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.People;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import dev.switchback.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may change an environment. Without a list of editors these are the admins of it. With one, those whom it names,
 * themselves or by their team, change where commands go; what protects the place stays with its admins, and of these
 * only one of all environments is not bound by the list. Templates know it as {@code cdi:editors}.
 */
@Named("editors")
@ApplicationScoped
public class Editors {

    /** What protects the place: who may change one of these could take the others away. */
    private static final List<String> RULES =
            List.of("tier", "editors", "identity", "gates", "approvals", "freezes", "windows");

    @Inject
    People people;

    @Inject
    CallerOfRequest caller;

    /** Whether who asks may change something of it. */
    public boolean mine(Environment environment) {
        return caller.find().filter(who -> isEditor(environment, who)).isPresent();
    }

    private boolean isEditor(Environment environment, Caller who) {
        List<String> named = environment.content().editors();
        if (named.isEmpty()) {
            return who.may(Right.CONFIGURE, environment.where());
        }
        return who.may(Right.CONFIGURE, Where.nowhere())
                || who.may(Right.READ, environment.where())
                        && (who.isPerson() || who.scopes().contains("author"))
                        && people.isOneOf(who.name(), named);
    }

    /**
     * Lets only those pass who may change something of it.
     *
     * @throws dev.switchback.problem.ProblemException 403 with who may
     */
    public void require(Environment environment, Caller who) {
        if (!isEditor(environment, who)) {
            List<String> named = environment.content().editors();
            if (named.isEmpty()) {
                who.require(Right.CONFIGURE, environment.where());
            }
            throw Problem.forbidden(
                            environment.key() + " says who may edit it, and " + who.displayName()
                                    + " is not among them",
                            String.join(", ", named) + ", or an admin of all environments")
                    .toException();
        }
    }

    /**
     * Lets only an admin pass where the new content changes what protects the place.
     *
     * @throws dev.switchback.problem.ProblemException 403 with what that is
     */
    void requireRules(Environment environment, EnvironmentContent wanted, Caller who) {
        var changed = new ArrayList<String>();
        JsonNode present = environment.content().tree();
        for (String rule : RULES) {
            if (!present.path(rule).equals(wanted.tree().path(rule))) {
                changed.add(rule);
            }
        }
        if (!changed.isEmpty() && !who.may(Right.CONFIGURE, environment.where())) {
            throw Problem.forbidden(
                            who.displayName() + " edits where commands of " + environment.key()
                                    + " go, but not what protects it: " + String.join(", ", changed),
                            "the role admin for it, or a file that leaves these as they are")
                    .toException();
        }
    }
}
