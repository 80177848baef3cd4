package dev.switchback.step;

import dev.switchback.secret.Secrets;

/** Connects to targets of one kind, reads the least that proves it, changes nothing. Safe for use by several threads. */
public interface TargetCheck {

    /** The kind of target, as the file spells it: {@code shell, http, jdbc, …}. */
    String kind();

    /** Whether the target answers. Takes at most about ten seconds. */
    TargetState check(Target target, Secrets secrets);
}
