package dev.switchback.audit;

import java.util.Optional;

/** Knows who is asking; the trail does not look into who may do what. */
public interface WhoActs {

    /** Who asks; the name is {@code nobody} when a request is served that nobody signed; empty outside of requests. */
    Optional<Actor> now();

    /** What the one who asks may see of the trail. */
    Visible sight();
}
