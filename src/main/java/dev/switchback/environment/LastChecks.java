package dev.switchback.environment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.environment.CheckEnvironment.Report;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last check of each environment found, whichever instance made it: news, not a record, so the next one takes
 * its place.
 */
@ApplicationScoped
public class LastChecks {

    private static final String OF_PRESENT_REVISIONS = "SELECT e.id, c.found FROM environment_check c"
            + " JOIN environment e ON e.id = c.environment_id AND e.revision = c.revision";

    @Inject
    EntityManager entities;

    @Inject
    ObjectMapper mapper;

    /** Remembers a check, unless a later revision was checked meanwhile or the environment is gone. */
    @Transactional
    public void keep(Environment environment, Report report) {
        entities.createNativeQuery("INSERT INTO environment_check (environment_id, revision, found)"
                        + " SELECT id, :revision, :found FROM environment WHERE id = :id"
                        + " ON CONFLICT (environment_id) DO UPDATE SET revision = excluded.revision,"
                        + " found = excluded.found WHERE environment_check.revision <= excluded.revision")
                .setParameter("id", environment.id())
                .setParameter("revision", environment.revision())
                .setParameter("found", written(report))
                .executeUpdate();
    }

    /** The last one of this very revision. */
    public Optional<Report> of(Environment environment) {
        @SuppressWarnings("unchecked")
        List<Object[]> rows = entities.createNativeQuery(OF_PRESENT_REVISIONS + " WHERE e.id = :id")
                .setParameter("id", environment.id())
                .getResultList();
        return rows.stream().findFirst().flatMap(row -> read((String) row[1]));
    }

    /** The last one of the present revision of every environment, by the environment's id. */
    public Map<Long, Report> ofAll() {
        var found = new HashMap<Long, Report>();
        @SuppressWarnings("unchecked")
        List<Object[]> rows = entities.createNativeQuery(OF_PRESENT_REVISIONS).getResultList();
        rows.forEach(row -> read((String) row[1]).ifPresent(report -> found.put((Long) row[0], report)));
        return found;
    }

    private String written(Report report) {
        try {
            return mapper.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report can always be written", e);
        }
    }

    /** Nothing when another version of Switchback wrote it otherwise: it is only news. */
    private Optional<Report> read(String found) {
        try {
            return Optional.of(mapper.readValue(found, Report.class));
        } catch (JsonProcessingException e) {
            Log.debug("a check of another version cannot be read", e);
            return Optional.empty();
        }
    }
}
