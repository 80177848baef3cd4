package dev.switchback.run;

import dev.switchback.web.Paging;
import java.util.List;

/**
 * The list of runs, as its page shows it.
 *
 * @param page the runs
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
        Paging.Page<Row> page,
        List<Count> states,
        String state,
        String environment,
        String service,
        List<String> environments,
        List<String> services,
        String all,
        String allHref) {

    /** A run in the list, with where it stands. */
    public record Row(Run run, Headline headline) {}

    /** A state as a link. */
    public record Count(String state, String title, String number, String href) {}

    /** Whether anything narrows the list. */
    public boolean isFiltered() {
        return !(state + environment + service).isEmpty();
    }
}
