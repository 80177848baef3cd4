package dev.switchback.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.platform.InTurn;
import dev.switchback.platform.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps what can be searched for: one row a migration, of its present revision. */
@ApplicationScoped
public class SearchIndex {

    private static final int BATCH = 100;

    @Inject
    EntityManager entities;

    @Inject
    InTurn inTurn;

    /** Keeps the words of the present revision, in the transaction that makes it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void keep(Migration migration, JsonNode content) {
        keep(migration.id(), content);
    }

    private void keep(long migration, JsonNode content) {
        SearchText text = SearchText.of(content);
        entities.createNativeQuery(
                        "INSERT INTO migration_search (migration_id, reading, words, places) VALUES (:migration,"
                                + " :reading, array_to_tsvector(string_to_array(:words, ' ')), :places) ON CONFLICT"
                                + " (migration_id) DO UPDATE SET reading = excluded.reading, words = excluded.words,"
                                + " places = excluded.places")
                .setParameter("migration", migration)
                .setParameter("reading", SearchWords.READING)
                .setParameter("words", String.join(" ", text.words()))
                .setParameter(
                        "places",
                        text.places().stream()
                                .map(place -> place.name() + "\t" + place.text())
                                .collect(Collectors.joining("\n")))
                .executeUpdate();
    }

    /**
     * Reads what an older version of Switchback kept, the next hundred of it. It takes its turn among the writers: nobody
     * revises one of them meanwhile, and two instances that start at once do not read the same.
     *
     * @param after the last one that was read, 0 at first
     * @return the last one that was read now, or 0 when there is none left
     */
    @Transactional
    public long readOlder(long after) {
        inTurn.take();
        List<Object[]> found = entities.createNativeQuery(
                        "SELECT m.id, r.content FROM migration m"
                                + " JOIN migration_revision r ON r.migration_id = m.id AND r.number = m.revision"
                                + " LEFT JOIN migration_search s ON s.migration_id = m.id"
                                + " WHERE m.id > :after AND (s.reading IS NULL OR s.reading < :reading)"
                                + " ORDER BY m.id LIMIT " + BATCH,
                        Object[].class)
                .setParameter("after", after)
                .setParameter("reading", SearchWords.READING)
                .getResultList();
        found.forEach(row -> keep((Long) row[0], Json.object((String) row[1])));
        return found.isEmpty() ? 0 : (Long) found.get(found.size() - 1)[0];
    }
}
