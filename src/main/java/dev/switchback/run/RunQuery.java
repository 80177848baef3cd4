package dev.switchback.run;

import io.quarkus.panache.common.Parameters;
import java.util.Optional;

/**
 * Which runs somebody is looking for. Empty means: any.
 *
 * @param state the state
 * @param environment the key of the environment
 * @param service the exact service
 * @param migration the key of the migration
 */
public record RunQuery(
        Optional<RunState> state, Optional<String> environment, Optional<String> service, Optional<String> migration) {

    /** Every run. */
    public static final RunQuery ANY =
            new RunQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    void addTo(StringBuilder where, Parameters parameters, boolean withState) {
        if (withState) {
            state.ifPresent(wanted -> {
                where.append(" and r.state = :state");
                parameters.and("state", wanted.word());
            });
        }
        environment.ifPresent(key -> {
            where.append(" and r.environment.key = :environment");
            parameters.and("environment", key);
        });
        service.ifPresent(name -> {
            where.append(" and r.service = :service");
            parameters.and("service", name);
        });
        migration.ifPresent(key -> {
            where.append(" and r.migration.key = :migration");
            parameters.and("migration", key);
        });
    }
}
