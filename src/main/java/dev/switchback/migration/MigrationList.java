package dev.switchback.migration;

import dev.switchback.web.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of migrations with its filters. The address holds the whole view.
 *
 * @param rows what is on this page
 * @param next the link to the following page, or null
 * @param tabs every state with its count
 * @param shown how many the filters leave, of the chosen state
 * @param q the text that was searched for
 * @param service the chosen service
 * @param owner the chosen owner
 * @param state the chosen state
 * @param services every service there is
 * @param owners every owner there is
 */
public record MigrationList(
        List<MigrationRow> rows,
        String next,
        List<Tab> tabs,
        long shown,
        String q,
        String service,
        String owner,
        String state,
        List<String> services,
        List<String> owners) {

    /** A counted link. */
    public record Tab(String word, long count, String link, boolean isCurrent) {}

    static List<Tab> tabs(Map<MigrationState, Long> counts, MigrationQuery query) {
        var tabs = new ArrayList<Tab>();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        tabs.add(new Tab("", all, address(query, null), query.state().isEmpty()));
        for (MigrationState state : MigrationState.values()) {
            boolean current = query.state().equals(Optional.of(state));
            if (current || counts.containsKey(state)) {
                tabs.add(new Tab(state.word(), counts.getOrDefault(state, 0L), address(query, state.word()), current));
            }
        }
        return List.copyOf(tabs);
    }

    static String address(MigrationQuery query, String state) {
        return Query.of("/migrations")
                .with("state", state)
                .with("service", query.service().orElse(null))
                .with("owner", query.owner().orElse(null))
                .with("q", query.text().orElse(null))
                .toString();
    }

    public boolean isFiltered() {
        return !(q.isEmpty() && service.isEmpty() && owner.isEmpty() && state.isEmpty());
    }
}
