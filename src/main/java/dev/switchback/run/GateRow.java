package dev.switchback.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One gate of the go/no-go table, as it stands (CONTRACT.md, section 4, shapes). Immutable.
 *
 * @param key its name in files and in the API
 * @param title what must be true, as a sentence without its end
 * @param holds whether it is
 * @param required whether the environment demands it of this run; what is not demanded never blocks
 * @param detail what was found
 * @param expected what it takes
 * @param remedy how to make it hold; null when it does
 * @param evidence the page that proves it, or null
 * @param todo the page where it is made to hold, or null
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record GateRow(
        String key,
        String title,
        boolean holds,
        boolean required,
        String detail,
        String expected,
        String remedy,
        String evidence,
        String todo) {

    /** Whether it stands between the revision and its run. */
    @JsonIgnore
    public boolean isClosed() {
        return required && !holds;
    }

    /** Whether a person may go ahead against it: two changes at once are nobody's to decide. */
    @JsonIgnore
    public boolean isBreakable() {
        return !key.equals(GateTable.LOCK);
    }
}
