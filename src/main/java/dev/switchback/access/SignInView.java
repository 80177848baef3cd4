package dev.switchback.access;

import dev.switchback.access.SignIn.Busy;
import dev.switchback.access.SignIn.Outcome;
import dev.switchback.access.SignIn.Wait;
import dev.switchback.access.SignIn.Wrong;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What stands on the page that asks to sign in.
 *
 * @param typed the name that was typed before
 * @param next the path of this site that is wanted
 * @param kept what was typed into a form before the session ended, as JSON; empty when nothing was
 * @param trouble why nobody is signed in; null at first
 * @param ways how one can sign in
 */
public record SignInView(String typed, String next, String kept, Trouble trouble, SignInWays ways) {

    static final Trouble PROVIDER_FAILED = new Trouble(
            RestResponse.Status.BAD_GATEWAY,
            "Signing in with the provider did not work",
            "It did not answer, or what it answered was not good. Nobody was signed in and nothing was changed; you may"
                    + " try again.",
            Duration.ZERO);

    /**
     * Why nobody is signed in.
     *
     * @param status the HTTP status it is told with
     * @param pause how long to wait; zero when not at all
     */
    public record Trouble(RestResponse.Status status, String title, String text, Duration pause) {}

    static SignInView of(String typed, String next, String kept) {
        return new SignInView(typed, next, kept, null, null);
    }

    SignInView with(Trouble why) {
        return new SignInView(typed, next, kept, why, ways);
    }

    SignInView with(SignInWays how) {
        return new SignInView(typed, next, kept, trouble, how);
    }

    static Trouble refused(String why) {
        return new Trouble(RestResponse.Status.FORBIDDEN, "You cannot be signed in", why, Duration.ZERO);
    }

    /** The page after this outcome; it never tells whether there is such a name. */
    SignInView after(Outcome outcome) {
        if (outcome instanceof Wait wait) {
            return with(new Trouble(
                    RestResponse.Status.TOO_MANY_REQUESTS,
                    "Wait " + words(wait.pause()) + " before you try again",
                    "There were too many wrong tries. Until then nothing is looked at, not even the right password."
                            + " Nothing was changed, and nobody else has to wait.",
                    wait.pause()));
        }
        if (outcome instanceof Busy) {
            return with(new Trouble(
                    RestResponse.Status.SERVICE_UNAVAILABLE,
                    "Too many sign in at this moment",
                    "Your name and password were not looked at. Try again in a few seconds; it is safe.",
                    Duration.ofSeconds(2)));
        }
        int left = outcome instanceof Wrong wrong ? wrong.left() : 0;
        return with(new Trouble(
                RestResponse.Status.UNAUTHORIZED,
                "The name or the password is wrong",
                "Nothing was changed; you may try again."
                        + (left > 3 ? "" : " After " + tries(left) + " you must wait for a while."),
                Duration.ZERO));
    }

    private static String tries(int left) {
        return switch (left) {
            case 1 -> "one more wrong try";
            case 2 -> "two more wrong tries";
            default -> "three more wrong tries";
        };
    }

    private static String words(Duration pause) {
        long minutes = (TurnedAway.seconds(pause) + 59) / 60;
        return TurnedAway.seconds(pause) < 60
                ? TurnedAway.seconds(pause) + " seconds"
                : minutes + (minutes == 1 ? " minute" : " minutes");
    }

    RestResponse.Status status() {
        return trouble.status();
    }

    Optional<Long> retryAfter() {
        return trouble.pause().isZero() ? Optional.empty() : Optional.of(TurnedAway.seconds(trouble.pause()));
    }
}
