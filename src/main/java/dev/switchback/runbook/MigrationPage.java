package dev.switchback.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.access.Right;
import dev.switchback.migration.Migration;
import dev.switchback.migration.MigrationRevision;
import dev.switchback.migration.RunsOfMigration.Estimate;
import dev.switchback.migration.RunsOfMigration.LatestRun;
import dev.switchback.migration.VerdictsOfMigration.LatestVerdict;
import dev.switchback.web.ConditionCard;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the page of a migration shows.
 *
 * @param migration the migration
 * @param revision its present revision
 * @param runbook what the revision says
 * @param steps its steps
 * @param findings what the linter says, the gravest first
 * @param places where it can be started
 * @param runs its latest runs
 * @param runCount how many runs there are
 * @param took how long each step took the last time
 * @param estimate how long it usually takes; null when not known
 * @param verdicts whether it got better, as the judge said last in each environment
 */
public record MigrationPage(
        Migration migration,
        MigrationRevision revision,
        Runbook runbook,
        List<StepCard> steps,
        List<Finding> findings,
        List<PlaceRow> places,
        List<LatestRun> runs,
        long runCount,
        Map<String, Duration> took,
        Estimate estimate,
        List<LatestVerdict> verdicts) {

    /**
     * An environment in which it could be started.
     *
     * @param key its key
     * @param name its name
     * @param tier the word of its tier
     * @param obstacle why it cannot be started there now, or empty
     * @param holder the run that holds the service there, or null
     * @param right what it takes to start it there
     * @param mayStart whether who asks may
     */
    public record PlaceRow(
            String key, String name, String tier, String obstacle, Long holder, Right right, boolean mayStart) {

        /** Who may, for somebody who may not: {@code Operators can}. */
        public String who() {
            return right.who() + " can";
        }

        public boolean canStart() {
            return obstacle.isEmpty();
        }
    }

    /** The gravest first, the order of the runbook within. */
    static List<Finding> gravestFirst(List<Finding> findings) {
        return findings.stream().sorted(Comparator.comparing(Finding::level)).toList();
    }

    public JsonNode content() {
        return runbook.content();
    }

    /** A member of the content, or null when the file does not have it. */
    public JsonNode get(String member) {
        JsonNode value = content().path(member);
        return value.isMissingNode() || value.isNull() || value.isContainerNode() && value.isEmpty() ? null : value;
    }

    public List<ConditionCard> holds() {
        return runbook.holds().stream().map(ConditionCard::of).toList();
    }

    /** Whether the file declares anything that later versions measure or capture. */
    public boolean hasMeasures() {
        return get("metrics") != null
                || get("probe") != null
                || get("settings") != null
                || get("plans") != null
                || get("realisticData") != null;
    }

    public long errors() {
        return findings.stream()
                .filter(finding -> finding.level() == Finding.Level.ERROR)
                .count();
    }

    /** How long the step took the last time, or null. */
    public Duration lastTook(String stepId) {
        return took.get(stepId);
    }

    /** The run whose change stands and could be taken back, the newest first. */
    public Optional<LatestRun> undoable() {
        return runs.stream().filter(LatestRun::canRollBack).findFirst();
    }

    /** What takes a run back from a shell, for a reader who found this site at that address. */
    public String rollbackCommand(String site, LatestRun run) {
        return "curl -u admin -X POST " + site + "/api/v1/runs/" + run.id() + "/rollback";
    }
}
