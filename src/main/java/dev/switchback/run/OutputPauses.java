package dev.switchback.run;

/** The question whether an attempt may print more. Every method may fail while the database is away. */
interface OutputPauses {

    /** Why output waits. */
    enum Why {
        LIMIT,
        DISK;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What is known of the answer.
     *
     * @param allowed in characters: how much may be printed by now
     * @param stopped whether somebody wants the step to end
     */
    record Answer(long allowed, boolean stopped) {}

    /** Asks a person. */
    void ask(Why why, long printed, long allowed);

    /** What was answered so far. */
    Answer answer();

    /** The question is settled. */
    void goesOn();
}
