package dev.switchback.checklist;

import dev.switchback.migration.Migration;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What was ticked off, and what was taken away again. */
@ApplicationScoped
public class ChecklistTicks implements PanacheRepository<ChecklistTick> {

    /** How many older entries of all items together are shown. */
    static final int HISTORY = 200;

    /** How each item stands: its newest entry. */
    public List<ChecklistTick> latestOfEach(Migration migration) {
        return find("id in (select max(t.id) from ChecklistTick t where t.migration = ?1 group by t.itemId)", migration)
                .list();
    }

    /** How one item stands. */
    public Optional<ChecklistTick> latest(Migration migration, String itemId) {
        return find("migration = ?1 and itemId = ?2 order by id desc", migration, itemId)
                .firstResultOptional();
    }

    /** What was said before, newest first. */
    public List<ChecklistTick> history(Migration migration) {
        return find("migration = ?1 order by id desc", migration)
                .page(0, HISTORY)
                .list();
    }
}
