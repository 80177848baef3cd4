package dev.switchback.people;

import dev.switchback.access.Grant;
import dev.switchback.access.Right;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A place where something may be done: an environment, or everywhere else.
 *
 * @param key the key of the environment; null for what belongs to none: runbooks and people
 * @param tier its tier; empty when no such environment is registered
 */
public record Place(String key, String tier) {

    static final Place NOWHERE = new Place(null, "");

    private static final List<Right> OF_NO_ENVIRONMENT =
            List.of(Right.READ, Right.AUTHOR, Right.APPROVE, Right.ADMINISTER);
    private static final List<Right> IN_PRODUCTION = List.of(Right.READ, Right.OPERATE, Right.APPROVE, Right.CONFIGURE);
    private static final List<Right> BELOW =
            List.of(Right.READ, Right.REHEARSE, Right.OPERATE, Right.APPROVE, Right.CONFIGURE);

    /** Whether it is an environment at all. */
    public boolean isEnvironment() {
        return key != null;
    }

    /** Whether the environment is registered. */
    public boolean isKnown() {
        return !isEnvironment() || !tier.isEmpty();
    }

    /** Its name in a heading. */
    public String title() {
        return isEnvironment() ? key : "Runbooks and people";
    }

    /** What can be done here; in production nothing is rehearsed without the right to run. */
    List<Right> rights() {
        if (!isEnvironment()) {
            return OF_NO_ENVIRONMENT;
        }
        return tier.equals("production") ? IN_PRODUCTION : BELOW;
    }

    /** What a right lets somebody do here, beginning a sentence. */
    static String title(Right right) {
        return switch (right) {
            case READ -> "Reads";
            case AUTHOR -> "Writes runbooks";
            case REVIEW -> "Reviews";
            case TICK -> "Ticks the checklist";
            case CHECK -> "Asks the targets";
            case REHEARSE -> "Measures and rehearses";
            case OPERATE -> "Runs";
            case APPROVE -> "Approves";
            case CONFIGURE -> "Changes the environment";
            case ADMINISTER -> "Looks after people and roles";
        };
    }

    /** What who holds this may do here, as sentences; nothing when they may not even read. */
    List<String> sentences(Collection<Grant> held) {
        var sentences = new ArrayList<String>();
        for (Right right : rights()) {
            Reach reach = Reach.of(held, right, key);
            if (!reach.isNothing()) {
                sentences.add(sentence(right, reach));
            }
        }
        if (isEnvironment() && Reach.of(held, Right.OPERATE, key).isNothing()) {
            sentences.add("may not run anything");
        }
        return sentences;
    }

    private static String sentence(Right right, Reach reach) {
        String small =
                Character.toLowerCase(title(right).charAt(0)) + title(right).substring(1);
        return switch (right) {
            case CONFIGURE, ADMINISTER -> small;
            case READ -> small + " " + reach.words("everything");
            default -> small + (reach.all() ? "" : " for " + reach.words(""));
        };
    }
}
