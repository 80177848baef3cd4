package dev.switchback.run;

import java.util.List;

/**
 * What moves, what waits, what is next and what is over. Immutable.
 *
 * @param needsYou runs that wait for a person, the most uncertain first
 * @param unreviewed runs that went ahead against a gate and that nobody looked at yet
 * @param moving runs that move by themselves, or are paused
 * @param planned runs that will start later
 * @param finished runs that ended in the last 24 hours, newest first
 * @param isFirstUse whether there is neither an environment nor a migration yet
 * @param hasEnvironment whether there is an environment
 * @param hasMigration whether there is a migration
 */
public record NowPage(
        List<Mover> needsYou,
        List<Run> unreviewed,
        List<Mover> moving,
        List<Mover> planned,
        List<Ended> finished,
        boolean isFirstUse,
        boolean hasEnvironment,
        boolean hasMigration) {

    /** How many of each kind it shows at most. */
    static final int EACH = 30;

    /** Whether there may be more that wait than are shown. */
    public boolean hasMoreWaiting() {
        return needsYou.size() >= EACH;
    }

    /** Whether there may be more that move than are shown. */
    public boolean hasMoreMoving() {
        return moving.size() >= EACH;
    }

    /** A run that is over, in one sentence. */
    public record Ended(Run run, Headline headline) {}

    public NowPage {
        needsYou = List.copyOf(needsYou);
        unreviewed = List.copyOf(unreviewed);
        moving = List.copyOf(moving);
        planned = List.copyOf(planned);
        finished = List.copyOf(finished);
    }

    /** The answer to "does anything need me?", as the heading of the page. */
    public String title() {
        int things = needsYou.size() + unreviewed.size();
        if (things > 0) {
            return things == 1 ? "One thing needs you" : number(things) + " things need you";
        }
        if (!moving.isEmpty()) {
            return (moving.size() == 1 ? "One run is" : number(moving.size()) + " runs are")
                    + " moving; nothing needs you";
        }
        return planned.isEmpty()
                ? "Nothing is moving"
                : "Nothing is moving. Next: " + planned.get(0).run().migration().key();
    }

    private static String number(int n) {
        List<String> words = List.of("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine");
        return n < words.size() ? words.get(n) : String.valueOf(n);
    }

    public String favicon() {
        return !needsYou.isEmpty() || !unreviewed.isEmpty()
                ? "favicon-wait.svg"
                : moving.isEmpty() ? "favicon.svg" : "favicon-run.svg";
    }
}
