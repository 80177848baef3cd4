package dev.switchback.secret;

/** A step refers to a secret that this server does not know; nothing was done yet. */
public class MissingSecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MissingSecretException(String name) {
        super("the secret " + name + " is not configured: set SWITCHBACK_SECRET_" + name
                + " in the environment of the Switchback server");
    }
}
