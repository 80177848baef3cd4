package dev.switchback.access;

import java.util.Optional;

/** The caller of the present request; a class, not a record, because a request-scoped bean needs a proxy. */
public class CallerOfRequest {

    private final Caller caller;

    protected CallerOfRequest() {
        this(null);
    }

    CallerOfRequest(Caller caller) {
        this.caller = caller;
    }

    /** Nobody only on the sign-in page, its assets, liveness and readiness, and before a form of nobody is turned away. */
    public Optional<Caller> find() {
        return Optional.ofNullable(caller);
    }

    /** Who is asking. */
    public Caller get() {
        return find().orElseThrow(() -> new IllegalStateException("an endpoint behind the door was reached by nobody"));
    }

    public String name() {
        return get().name();
    }
}
