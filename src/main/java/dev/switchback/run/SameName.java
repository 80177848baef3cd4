package dev.switchback.run;

import dev.switchback.environment.Environment;
import dev.switchback.problem.Problem;
import java.util.Locale;

/** Whether somebody typed the name of the place they are about to change: a check of where, not a riddle. */
final class SameName {

    private SameName() {}

    /** Key or name, in any case, with or without spaces. */
    static boolean as(Environment environment, String typed) {
        String said = bare(typed);
        return said.equals(bare(environment.key())) || said.equals(bare(environment.name()));
    }

    private static String bare(String text) {
        return text == null ? "" : text.replaceAll("[\\s\\p{Z}]", "").toLowerCase(Locale.ROOT);
    }

    /** What to say when it is another one. */
    static Problem wrong(Environment environment, String typed) {
        boolean nothing = bare(typed).isEmpty();
        return Problem.content(
                (nothing ? "You typed nothing." : "You typed ‘" + typed.strip() + "’.") + " This run goes to ‘"
                        + environment.key() + "’.",
                environment.key());
    }
}
