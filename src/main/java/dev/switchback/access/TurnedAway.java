package dev.switchback.access;

import io.quarkus.security.AuthenticationFailedException;
import java.time.Duration;

/** Nobody looked whether the name, password or token is right: come again later. */
class TurnedAway extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Duration pause;
    private final boolean busy;

    /** @param busy whether others are the reason, not wrong tries from there */
    TurnedAway(Duration pause, boolean busy) {
        super("come again later");
        this.pause = pause;
        this.busy = busy;
    }

    /** What the one door is told. */
    AuthenticationFailedException toFailure() {
        return new AuthenticationFailedException(this);
    }

    /** In whole seconds, at least one. */
    static long seconds(Duration pause) {
        return Math.max(1, pause.plusMillis(999).toSeconds());
    }

    int status() {
        return busy ? 503 : 429;
    }

    long retryAfter() {
        return seconds(pause);
    }

    /** Everything in it is written here: nothing has to be escaped. */
    String json() {
        String title = busy ? "Busy" : "Too many wrong tries";
        String detail = busy
                ? "Too many sign in at this moment, so nobody looked at the name and password"
                : "After several wrong tries nobody looks at the name, password or token for a while";
        return "{\"title\":\"" + title + "\",\"status\":" + status() + ",\"detail\":\"" + detail
                + "\",\"expected\":\"another try in " + retryAfter() + " s\",\"retrySafe\":true}";
    }
}
