package dev.switchback.measurement;

import dev.switchback.problem.Violation;

/** What is wrong with the request for a measurement, in the words of every door. */
final class Wrong {

    private Wrong() {}

    static Violation environment(String key) {
        return Violation.of(
                "environment",
                key == null ? "No environment is named" : "There is no environment \"" + key + "\"",
                "the key of a registered environment");
    }

    static Violation moment(String word) {
        return Violation.of(
                "moment", word == null ? "The moment is not said" : "The moment is " + word, "before, after or adhoc");
    }
}
