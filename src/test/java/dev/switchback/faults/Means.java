package dev.switchback.faults;

/** What an interrupted step says about itself, from which it is settled. */
enum Means {
    /** It may be done again. */
    IDEMPOTENT(", idempotent: true"),
    /** A question finds out that it took effect. */
    APPLIED(", appliedWhen: {shell: {target: host, command: \"test -e did-%s\"}}"),
    /** A question finds out that it did not take effect. */
    NOT_APPLIED(", appliedWhen: {shell: {target: host, command: \"test -e never\"}}"),
    /** Nobody can know. */
    NONE("");

    private final String members;

    Means(String members) {
        this.members = members;
    }

    /** The members of the step, or of its undo. */
    String of(String what) {
        return members.formatted(what);
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
