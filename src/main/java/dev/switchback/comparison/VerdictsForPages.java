package dev.switchback.comparison;

import dev.switchback.migration.Migration;
import dev.switchback.migration.VerdictsOfMigration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Answers what the page of a migration asks about comparisons, so that it need not know this room. */
@ApplicationScoped
class VerdictsForPages implements VerdictsOfMigration {

    @Inject
    Comparisons comparisons;

    @Override
    public List<LatestVerdict> latest(Migration migration) {
        return comparisons.latestOf(migration).stream()
                .map(each -> new LatestVerdict(
                        each.id(),
                        each.environment().key(),
                        each.word(),
                        each.grade(),
                        intent(each.said().met()),
                        each.sentence(),
                        each.createdAt()))
                .toList();
    }

    /** Whether every declared intent came out. */
    private static String intent(Boolean met) {
        if (met == null) {
            return "a person decides";
        }
        return met ? "as intended" : "not as intended";
    }
}
