package dev.switchback.web;

import dev.switchback.access.Caller;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Right;
import dev.switchback.access.Where;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * What the reader of a page may do; templates know it as {@code cdi:may}. A button that somebody may not use is left
 * out; in its place stands who may.
 */
@Named("may")
@RequestScoped
public class May {

    @Inject
    CallerOfRequest caller;

    /**
     * Whether the reader may do this there.
     *
     * @param right the name of the right: {@code AUTHOR}
     */
    public boolean here(String right, Where where) {
        return with(Right.valueOf(right), where);
    }

    /** Whether the reader may do this there. */
    public boolean with(Right right, Where where) {
        return caller.find().filter(who -> who.may(right, where)).isPresent();
    }

    /**
     * Whether the reader may decide about a run.
     *
     * @param purpose the word of its purpose
     */
    public boolean decide(String purpose, String service, String environment) {
        return with(purpose.equals("rehearsal") ? Right.REHEARSE : Right.OPERATE, Where.of(service, environment));
    }

    /** Whether the reader is this person. */
    public boolean is(String name) {
        return caller.find().filter(who -> who.name().equals(name)).isPresent();
    }

    /** Whether the reader may look at a glass that somebody else broke. */
    public boolean reviews(String breaker, Where where) {
        return with(Right.APPROVE, where)
                && caller.find()
                        .filter(who -> who.isPerson() && !who.name().equals(breaker))
                        .isPresent();
    }

    /** Whether there is anything at all of which the reader may do this. */
    public boolean somewhere(String right) {
        return caller.find()
                .map(Caller::grants)
                .filter(grants -> grants.maySomewhere(Right.valueOf(right)))
                .isPresent();
    }

    /** The reader may not; then who may, as a sentence without its end: {@code Operators can}. */
    public String who(Right right) {
        return right.who() + " can";
    }

    /** The same by the name of the right. */
    public String who(String right) {
        return who(Right.valueOf(right));
    }
}
