package dev.switchback.readiness;

import dev.switchback.environment.Environment;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import java.util.List;

/**
 * The page of the go/no-go table. Immutable.
 *
 * @param environments where it can be asked about
 * @param panel the table; null when there is no environment
 */
public record ReadinessPage(
        Migration migration, MigrationRevision revision, List<Environment> environments, ReadinessPanel panel) {

    public ReadinessPage {
        environments = List.copyOf(environments);
    }

    /** The answer, as the heading. */
    public String question() {
        if (panel == null) {
            return "Is it ready?";
        }
        String place = panel.environment().name();
        int open = panel.table().closed().size();
        if (panel.isReady()) {
            return "Ready for " + place;
        }
        return panel.canBeAskedFor()
                ? "Ready to be asked for in " + place
                : "Not ready for " + place + ": " + open + (open == 1 ? " gate is" : " gates are") + " closed";
    }
}
