package dev.switchback.measurement;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.platform.Json;
import dev.switchback.sampling.CouldNotAsk;
import dev.switchback.sampling.Place;
import dev.switchback.sampling.Sitting;
import dev.switchback.sampling.SittingFacts;
import dev.switchback.sampling.TakeSamples;
import dev.switchback.sampling.Turns.Turn;
import dev.switchback.secret.Secrets;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.step.StepExecutors;
import dev.switchback.web.Words;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries a measurement out, in the calling thread: is this really the place, the metrics one after the other, and what
 * came of each. Holds no transaction meanwhile. Everything that is told is masked here.
 */
@ApplicationScoped
class TakeMeasurement {

    @Inject
    MeasurementLeases leases;

    @Inject
    MeasurementLedger ledger;

    @Inject
    AskIdentity identity;

    @Inject
    SamplesOf samples;

    @Inject
    StepExecutors executors;

    @Inject
    Secrets secrets;

    @Inject
    ObjectMapper mapper;

    @Inject
    InstantSource clock;

    private final byte[] bodyKey = new SecureRandom().generateSeed(32);

    /** How a measurement ended. */
    record Ended(MeasurementState state, String message, String expected) {}

    /** Measures and writes how it ended; whoever calls has opened it and carries it. */
    Ended take(Work work, UnderWay here) {
        return take(work, here, metric -> Turn.ALONE);
    }

    /** The same in turns with another measurement. */
    Ended take(Work work, UnderWay here, Function<String, Turn> turns) {
        try {
            Ended ended = careful(work, here, turns);
            ledger.end(work.id(), leases.instance(), ended.state(), ended.message(), ended.expected());
            return ended;
        } catch (MeasurementLedger.Lost e) {
            Log.warnf("measurement %d was ended by somebody else", work.id());
            return new Ended(MeasurementState.INTERRUPTED, here.why(), null);
        } catch (SQLException | RuntimeException e) {
            Log.errorf(e, "measurement %d", work.id());
            return broken(work, e);
        } finally {
            leases.release(here);
        }
    }

    private Ended broken(Work work, Exception e) {
        var ended = new Ended(
                MeasurementState.INTERRUPTED,
                "Interrupted: Switchback itself failed; its log says why",
                "a measurement that is taken to its end: measure again");
        try {
            ledger.end(work.id(), leases.instance(), ended.state(), ended.message(), ended.expected());
        } catch (SQLException away) {
            Log.warnf("measurement %d counts as interrupted when its lease runs out", work.id());
        }
        return ended;
    }

    private Ended careful(Work work, UnderWay here, Function<String, Turn> turns) throws SQLException {
        if (here.brake().isCancelled()) {
            return pulled(here);
        }
        ledger.begin(work.id(), leases.instance());
        var used = new TrackingSecrets(secrets);
        Optional<CouldNotAsk> refusal = identity.refusal(work.environment(), used, here.brake(), work.mark());
        if (refusal.isPresent() && !here.brake().isCancelled()) {
            return failed(refusal.get(), used);
        }
        var load = new BackgroundLoad(work.environment(), executors, place(work, used), used);
        load.look("before", here.brake());
        var recorder = new Recorder(work, leases.instance(), ledger, clock);
        List<Sitting> sittings = new TakeSamples(executors, bodyKey)
                .take(
                        List.copyOf(work.plans().values()),
                        place(work, used),
                        work.seed(),
                        here.brake(),
                        recorder,
                        turns);
        load.look("after", here.brake());
        ledger.load(work.id(), leases.instance(), load.known());
        for (Sitting sitting : sittings) {
            finish(work, here, recorder, sitting, used);
        }
        return here.brake().isCancelled() ? pulled(here) : summed(work, sittings, used);
    }

    private static Place place(Work work, Secrets used) {
        return new Place(work.environment().targets(), work.environment().variables(), used, work.mark());
    }

    private static Ended pulled(UnderWay here) {
        return new Ended(
                here.end(),
                here.why(),
                here.end() == MeasurementState.STOPPED
                        ? null
                        : "a measurement that is taken to its end: measure again");
    }

    private static Ended failed(CouldNotAsk trouble, TrackingSecrets used) {
        return new Ended(
                MeasurementState.FAILED,
                used.masker().mask(trouble.message()),
                used.masker().mask(trouble.expected()));
    }

    private void finish(Work work, UnderWay here, Recorder recorder, Sitting sitting, TrackingSecrets used)
            throws SQLException {
        long metric = work.metric(sitting.plan().name());
        recorder.finish(metric);
        keepFromSteady(work, metric, sitting);
        var masker = used.masker();
        Optional<CouldNotAsk> trouble = sitting.trouble();
        ledger.metricEnds(
                work.id(),
                leases.instance(),
                metric,
                new MeasurementLedger.End(
                        state(here, sitting),
                        trouble.map(each -> masker.mask(each.message())).orElse(null),
                        trouble.map(each -> masker.mask(each.expected())).orElse(null),
                        masker.mask(Json.text(mapper.valueToTree(sitting.facts()))),
                        sitting.startedAt(),
                        sitting.endedAt()));
    }

    private static MeasurementState state(UnderWay here, Sitting sitting) {
        if (sitting.trouble().isPresent()) {
            return MeasurementState.FAILED;
        }
        return sitting.facts().stopped() ? here.end() : MeasurementState.COMPLETE;
    }

    /** Blocks that turned out to belong to the warm-up count for nothing. */
    private void keepFromSteady(Work work, long metric, Sitting sitting) throws SQLException {
        SittingFacts.Steady steady = sitting.facts().steady();
        if (steady != null && steady.keptFrom() > 0) {
            var counting = new Figures.Counting(sitting.plan().metricClass().key(), steady.keptFrom());
            QuarkusTransaction.requiringNew().run(() -> samples.each(metric, counting::add));
            ledger.figures(work.id(), leases.instance(), metric, counting.figures());
        }
    }

    /** How it ended, as a whole; what could not be measured is told by name, with the reason of the first. */
    private static Ended summed(Work work, List<Sitting> sittings, TrackingSecrets used) {
        var troubles = new ArrayList<CouldNotAsk>();
        work.leftOut().forEach(each -> troubles.add(new CouldNotAsk(each.message(), each.expected())));
        sittings.stream()
                .filter(each -> each.trouble().isPresent())
                .map(each -> named(each.plan().name(), each.trouble().orElseThrow()))
                .forEach(troubles::add);
        if (troubles.isEmpty()) {
            return new Ended(MeasurementState.COMPLETE, null, null);
        }
        int all = work.plans().size() + work.leftOut().size();
        boolean nothing = troubles.size() == all;
        String start = nothing
                ? "Nothing could be measured; "
                : Words.count(troubles.size(), "metric") + " of " + all + " could not be measured; ";
        return new Ended(
                nothing ? MeasurementState.FAILED : MeasurementState.COMPLETE,
                used.masker().mask(start + troubles.get(0).message()),
                used.masker().mask(troubles.get(0).expected()));
    }

    private static CouldNotAsk named(String metric, CouldNotAsk trouble) {
        return new CouldNotAsk(metric + ": " + trouble.message(), trouble.expected());
    }
}
