package dev.switchback.checklist;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody gave as evidence, read: a run, an address under this site, a link, or words. Pure.
 *
 * @param text as it is kept and shown
 * @param link where it leads; empty for words
 * @param run the run that it names, which must be one of this migration
 * @param isOutside whether the link leads away from this site
 * @param cannotBeChecked whether this version has nothing at that address to look at
 */
public record Evidence(
        String text, Optional<String> link, OptionalLong run, boolean isOutside, boolean cannotBeChecked) {

    private static final Pattern RUN = Pattern.compile("(?:/runs/|run +#?|#)?(\\d{1,18})", Pattern.CASE_INSENSITIVE);
    private static final Pattern RUN_ADDRESS = Pattern.compile("/runs/(\\d{1,18})([/?#]\\S*)?");
    private static final Pattern LATER =
            Pattern.compile("/(?:comparisons|plans|snapshots|measurements|settings)[/?]\\S*");
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]+");

    /**
     * Reads it.
     *
     * @param wants what the item wants; a bare number names a run only where a run is wanted
     */
    static Evidence of(String given, Optional<EvidenceKind> wants) {
        Matcher address = RUN_ADDRESS.matcher(given);
        if (address.matches()) {
            return run(given, address.group(1));
        }
        Matcher number = RUN.matcher(given);
        if (wants.equals(Optional.of(EvidenceKind.RUN)) && number.matches()) {
            return run("/runs/" + Long.parseLong(number.group(1)), number.group(1));
        }
        if (LATER.matcher(given).matches()) {
            return new Evidence(given, Optional.empty(), OptionalLong.empty(), false, true);
        }
        return LINK.matcher(given).matches()
                ? new Evidence(given, Optional.of(given), OptionalLong.empty(), true, false)
                : new Evidence(given, Optional.empty(), OptionalLong.empty(), false, false);
    }

    private static Evidence run(String address, String number) {
        return new Evidence(address, Optional.of(address), OptionalLong.of(Long.parseLong(number)), false, false);
    }

    /** How the link is called. */
    public String label() {
        return run.isPresent() ? "Run " + run.getAsLong() : text;
    }
}
