package dev.switchback.migration;

import dev.switchback.platform.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says where a search hit, for the rows of one page that do not show it by themselves. */
@ApplicationScoped
class SearchHits {

    @Inject
    EntityManager entities;

    /** By the id of the migration; only what the row does not show. */
    Map<Long, SearchHit> of(List<Migration> rows, Optional<String> text) {
        List<String> words = text.map(typed -> SearchWords.asked(typed).words()).orElse(List.of());
        Map<Long, Migration> hidden = rows.stream()
                .filter(row ->
                        SearchWords.firstMissing(MigrationRow.shown(row), words).isPresent())
                .collect(Collectors.toMap(Migration::id, Function.identity()));
        var hits = new HashMap<Long, SearchHit>();
        if (!hidden.isEmpty()) {
            places(hidden)
                    .forEach((id, places) -> SearchHit.of(words, MigrationRow.shown(hidden.get(id)), places)
                            .ifPresent(hit -> hits.put(id, hit)));
        }
        return hits;
    }

    @SuppressWarnings("unchecked")
    private Map<Long, String> places(Map<Long, Migration> of) {
        return ((List<Object[]>) statement(List.copyOf(of.keySet()))
                        .in(entities, Object[].class)
                        .getResultList())
                .stream().collect(Collectors.toMap(row -> (Long) row[0], row -> (String) row[1]));
    }

    static Statement statement(List<Long> migrations) {
        return new Statement(
                "SELECT s.migration_id, s.places FROM migration_search s WHERE s.migration_id IN (:migrations)",
                Map.of("migrations", migrations));
    }
}
