package dev.switchback.run;

/**
 * A line of evidence in a report.
 *
 * @param title about what
 * @param good whether it speaks for the run; null when it says neither
 * @param text what there is to say
 */
public record ReportLine(String title, Boolean good, String text) {

    /** For the eye. */
    public String icon() {
        return good == null ? "idle" : good ? "ok" : "fail";
    }

    /** The same as a word. */
    public String word() {
        return good == null ? "—" : good ? "yes" : "no";
    }
}
