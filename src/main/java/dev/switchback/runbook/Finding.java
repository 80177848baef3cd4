package dev.switchback.runbook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What the linter has to say about a revision. A finding never refuses an import. Immutable.
 *
 * @param rule which rule, in hyphens: {@code undo-missing}
 * @param level how grave
 * @param place where, as a path into the content: {@code steps[2].sql}
 * @param message what is wrong, one sentence without a full stop and never with a secret
 * @param remedy what to do about it
 * @param acceptedReason why somebody accepted it, or {@code null}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String rule, Level level, String place, String message, String remedy, String acceptedReason) {

    /** How grave a finding is. */
    public enum Level {
        /** Keeps a migration from being ready. */
        ERROR,
        /** Will probably hurt somebody. */
        WARNING,
        /** Worth knowing. */
        INFO;

        /** The spelling in the API. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it keeps a migration from being ready. */
    @JsonIgnore
    public boolean isError() {
        return level == Level.ERROR && acceptedReason == null;
    }

    /** The same finding, accepted by somebody for a reason. */
    public Finding accepted(String reason) {
        return new Finding(rule, level, place, message, remedy, reason);
    }
}
