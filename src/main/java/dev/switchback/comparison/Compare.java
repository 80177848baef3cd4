package dev.switchback.comparison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Caller;
import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import dev.switchback.comparison.JudgeInput.Part;
import dev.switchback.measurement.SampleBlob;
import dev.switchback.measurement.SamplesOf;
import dev.switchback.measurement.StoredSample;
import dev.switchback.platform.Json;
import dev.switchback.problem.Problem;
import dev.switchback.verdict.Judge;
import dev.switchback.verdict.Side;
import dev.switchback.verdict.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;

/**
 * Puts sittings side by side, asks the judge, and keeps what he said. Asked again with the same samples and the same
 * circumstances, the answer is the one that is kept, also when two ask at the same time.
 */
@ApplicationScoped
public class Compare {

    @Inject
    Trail trail;

    @Inject
    ChooseSides choose;

    @Inject
    DescribeInput describe;

    @Inject
    Comparisons comparisons;

    @Inject
    SamplesOf samples;

    @Inject
    InstantSource clock;

    /**
     * Compares measurements that somebody named; several of a side are its sittings.
     *
     * @throws dev.switchback.problem.ProblemException 404 when one does not exist, 409 while one is being taken, 422
     *     when they do not belong together
     */
    @Transactional
    public KeptComparison ofMeasurements(List<Long> before, List<Long> after, Caller caller) {
        return compare(choose.named(before, after), caller.name());
    }

    /**
     * Compares the legs of a run.
     *
     * @param by who asks: a person, or the run itself
     * @throws dev.switchback.problem.ProblemException 404 when it measured nothing, 409 while it is measuring
     */
    @Transactional
    public KeptComparison ofRun(long run, String by) {
        return compare(choose.ofRun(run), by);
    }

    /** Judges the same sittings again, with what is known today; what was said before stays. */
    @Transactional
    public KeptComparison again(long id, Caller caller) {
        KeptComparison kept = comparisons.require(id);
        return kept.run() == null || kept.input().isExtended()
                ? compare(choose.named(ids(kept, Side.BEFORE), ids(kept, Side.AFTER)), caller.name())
                : compare(choose.ofRun(kept.run()), caller.name());
    }

    static List<Long> ids(KeptComparison kept, Side side) {
        return kept.input().legs().stream()
                .filter(leg -> leg.path("side").asText().equalsIgnoreCase(side.name()))
                .map(leg -> leg.path("measurement").asLong())
                .toList();
    }

    private KeptComparison compare(Sides sides, String by) {
        JudgeInput input = describe.of(sides);
        return comparisons.said(input).orElseGet(() -> {
            keep(sides, input, judge(input), by);
            KeptComparison kept = comparisons.said(input).orElseThrow();
            if (trail.isAsked()) {
                trail.record(Entry.of("comparison.make", "comparison", kept.id())
                        .where(kept.where().service(), kept.where().environment())
                        .to(kept.word()));
            }
            return kept;
        });
    }

    private Verdict judge(JudgeInput input) {
        return Judge.of(input.method()).judge(input.comparison(this::stored));
    }

    private List<StoredSample> stored(Part part) {
        return samples.parts(part.metricId()).stream()
                .filter(each -> each.number() == part.number())
                .findFirst()
                .flatMap(SamplesOf.Part::bytes)
                .map(bytes -> SampleBlob.read(part.schema(), bytes))
                .orElseThrow(() -> removed(part));
    }

    private static RuntimeException removed(Part part) {
        return Problem.conflict(
                        "The samples of one side were removed when their time was over; only their hashes are left ("
                                + part.sha256().substring(0, 12) + "…)",
                        "younger measurements; what was judged before stays")
                .toException();
    }

    private void keep(Sides sides, JudgeInput input, Verdict verdict, String by) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.set("input", input.tree());
        result.set("verdict", VerdictJson.tree(verdict));
        comparisons
                .getEntityManager()
                .createNativeQuery(
                        "INSERT INTO comparison (migration_id, environment_id, run_id, before_id, after_id, method,"
                                + " input_hash, grade, verdict, sentence, result, created_at, created_by) VALUES"
                                + " (:migration, :environment, NULLIF(:run, 0), :before, :after, :method, :hash, :grade,"
                                + " :verdict, :sentence, :result, :now, :by) ON CONFLICT (input_hash, method) DO NOTHING")
                .setParameter("run", sides.run() == null ? 0L : sides.run())
                .setParameter("migration", sides.newest(Side.AFTER).migration().id())
                .setParameter(
                        "environment", sides.newest(Side.AFTER).environment().id())
                .setParameter("before", sides.newest(Side.BEFORE).id())
                .setParameter("after", sides.newest(Side.AFTER).id())
                .setParameter("method", input.method())
                .setParameter("hash", input.hash())
                .setParameter("grade", verdict.grade().name())
                .setParameter("verdict", verdict.word().key())
                .setParameter("sentence", verdict.headline() + " " + verdict.sentence())
                .setParameter("result", Json.text(result))
                .setParameter("now", clock.instant())
                .setParameter("by", by)
                .executeUpdate();
    }
}
