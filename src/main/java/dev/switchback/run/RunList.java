package dev.switchback.run;

import dev.switchback.web.Mark;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The list of runs, as its page shows it.
 *
 * @param rows the rows of the table, written
 * @param isEmpty whether there is none
 * @param next the link to what follows, or null
 * @param states every state with how many runs are in it
 * @param state the state that is chosen, empty for every state
 * @param environment the environment that is chosen, empty for every one
 * @param service the service that is chosen, empty for every one
 * @param environments the keys to choose from
 * @param services the services to choose from
 * @param all how many there are in every state, in words
 * @param allHref the address without a state
 */
public record RunList(
        RawString rows,
        boolean isEmpty,
        String next,
        List<Count> states,
        String state,
        String environment,
        String service,
        List<String> environments,
        List<String> services,
        String all,
        String allHref) {

    /**
     * A run in the list.
     *
     * @param id its number
     * @param isOver whether nothing of it moves any more
     * @param mark its state
     * @param text the rest of the sentence about where it stands; empty when it succeeded
     * @param purpose what it is for
     * @param migration the key of the migration
     * @param title the title of the migration
     * @param revision the number of the revision
     * @param environment the name of the environment
     * @param tier the tier of the environment
     * @param by who asked for it
     * @param startedAt when it began, or null
     * @param took how long it took, or takes until now, as a stop watch shows it
     */
    public record Row(
            Long id,
            boolean isOver,
            Mark mark,
            String text,
            Purpose purpose,
            String migration,
            String title,
            int revision,
            String environment,
            String tier,
            String by,
            Instant startedAt,
            String took) {

        /**
         * Everything that its cells are written from, and the day, because times are shortened by it. The parts cannot
         * run into each other: no text from the database holds the sign between them.
         */
        public String seenOn(LocalDate day) {
            return String.join(
                    "\0",
                    "run",
                    "" + day,
                    "" + id,
                    mark.word(),
                    text,
                    migration,
                    title,
                    environment,
                    tier,
                    by,
                    "" + startedAt,
                    took);
        }
    }

    /** A state as a link. */
    public record Count(String state, String title, String number, String href) {}

    /** Whether anything narrows the list. */
    public boolean isFiltered() {
        return !(state + environment + service).isEmpty();
    }
}
