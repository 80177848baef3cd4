package dev.switchback.life;

import dev.switchback.migration.LifeVerb;
import dev.switchback.migration.Migration;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import java.util.List;

/**
 * The confirmation of a decision.
 *
 * @param migration what it is about
 * @param verb what is decided
 * @param form what was typed
 * @param owners who answers for something already, to choose from
 * @param problem why it was not done; null when nothing was tried
 */
public record DecidePage(Migration migration, LifeVerb verb, DecideForm form, List<String> owners, Problem problem) {

    public DecidePage {
        owners = List.copyOf(owners);
    }

    /** The revision that was on the page. */
    public int seen() {
        return form.revision == null ? migration.revision() : form.revision;
    }

    public boolean isHandOver() {
        return verb == LifeVerb.HAND_OVER;
    }

    public boolean isCopy() {
        return verb == LifeVerb.DUPLICATE;
    }

    public boolean isDeletion() {
        return verb == LifeVerb.DELETE;
    }

    /** What is wrong with this field, or null. */
    public String wrong(String field) {
        return problem == null
                ? null
                : problem.violations().stream()
                        .filter(violation -> violation.field().equals(field))
                        .map(violation -> violation.message() + ". Expected: " + violation.expected())
                        .findFirst()
                        .orElse(null);
    }

    /** What is wrong and stands at a field. */
    public List<Violation> violations() {
        return problem == null ? List.of() : problem.violations();
    }
}
