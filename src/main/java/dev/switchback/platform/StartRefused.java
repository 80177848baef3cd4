package dev.switchback.platform;

/**
 * Switchback cannot start, and one sentence says why and what to do. Thrown before anything was started or after what
 * was started has been stopped again, so trying again is safe.
 */
public class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    /** The machine does not allow it: exit status 1. */
    public StartRefused(String message) {
        this(message, 1);
    }

    /** The same with an exit status of its own; 2 stands for what was asked, such as an option or a port. */
    public StartRefused(String message, int exitStatus) {
        super(message);
        this.exitStatus = exitStatus;
    }

    public int exitStatus() {
        return exitStatus;
    }
}
