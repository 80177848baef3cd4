package dev.switchback.instance;

import dev.switchback.access.Seen;
import dev.switchback.access.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;

/** The instances that share the work; those that stopped in order, or a day ago, are not among them. */
@ApplicationScoped
public class Instances {

    @Inject
    EntityManager entities;

    @Inject
    Sight sight;

    /** All of them, by name, with how many runs each drives of those that the one who asks may see. */
    public List<Instance> all() {
        Seen seen = sight.seen();
        var query = entities.createNativeQuery(
                "SELECT i.name, i.machine, i.version, i.started_at, i.heard_at, cast(extract(epoch FROM"
                        + " clock_timestamp() - i.heard_at) * 1000 AS bigint), i.draining, (SELECT count(*) FROM"
                        + " run r WHERE r.instance = i.name AND r.lease_until > clock_timestamp() AND r.state NOT"
                        + " IN ('succeeded', 'failed', 'rolled-back', 'aborted')" + seen.andRow("r")
                        + ") FROM instance i ORDER BY i.name");
        seen.parameters().forEach(query::setParameter);
        @SuppressWarnings("unchecked")
        List<Object[]> rows = query.getResultList();
        return rows.stream().map(Instances::of).toList();
    }

    private static Instance of(Object[] row) {
        return new Instance(
                (String) row[0],
                host((String) row[1]),
                (String) row[2],
                (Instant) row[3],
                (Instant) row[4],
                Math.max(0, (Long) row[5]),
                (Boolean) row[6],
                (Long) row[7]);
    }

    /** Behind the name of the host the engine keeps what tells one boot of it from another. */
    private static String host(String machine) {
        return machine.split(" ", 2)[0];
    }
}
