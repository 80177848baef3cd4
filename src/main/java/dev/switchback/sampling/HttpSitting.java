package dev.switchback.sampling;

import dev.switchback.sampling.Progress.Phase;
import dev.switchback.secret.MissingSecretException;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.StepExecutors;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes one http metric by the protocol of docs/measurement.md, and the statements that go along with it. */
final class HttpSitting {

    private static final int MORE_BLOCKS = 10;
    private static final Duration LEAST_IDLE = Duration.ofSeconds(1);
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);
    private static final long START_NANOS = 5_000_000;
    private static final Duration LONGEST_TRIAL = Duration.ofSeconds(30);

    private final MetricPlan plan;
    private final Place place;
    private final Schedule schedule;
    private final Cancellation brake;
    private final Telling telling;
    private final List<Companion> companions;
    private final StepExecutors executors;

    private final byte[] bodyKey;
    private final Turns.Turn turn;

    private final Instant startedAt = Instant.now();
    private final long origin = System.nanoTime();
    private final HostLoad loadBefore = HostLoad.now();
    private final HttpSender sender = new HttpSender(true);
    private final Tally tally = new Tally();
    private final List<String> notes = new ArrayList<>();

    private AskOnce ask;
    private Workers workers;
    private List<InputRequest> requests = List.of();
    private Cooling cooling;
    private Tempo tempo;
    private int planned;
    private boolean extended;
    private boolean stopped;
    private SittingFacts.Steady steady;

    HttpSitting(
            MetricPlan plan,
            Place place,
            long seed,
            Cancellation brake,
            Telling telling,
            List<Companion> companions,
            StepExecutors executors,
            byte[] bodyKey,
            Turns.Turn turn) {
        this.turn = turn;
        this.plan = plan;
        this.place = place;
        this.schedule = new Schedule(plan, seed);
        this.brake = brake;
        this.telling = telling;
        this.companions = companions;
        this.executors = executors;
        this.bodyKey = bodyKey;
        this.tempo = Tempo.of(plan);
        this.planned = plan.blocks();
    }

    /** All of it: the metric, then its companions. */
    List<Sitting> take() {
        Optional<CouldNotAsk> trouble = Optional.empty();
        try (sender) {
            prepare();
            inTurn(0, this::warmUp);
            idleWindow();
            blocks();
        } catch (CouldNotAskException cannot) {
            trouble = Optional.of(CouldNotAsk.of(cannot));
        } catch (MissingSecretException missing) {
            trouble = Optional.of(CouldNotAsk.of(missing));
        } catch (Telling.StoppedException byBrake) {
            stopped = true;
        }
        if (workers != null) {
            workers.close();
        }
        return sittings(brake.isCancelled() ? Optional.empty() : trouble);
    }

    private void prepare() {
        ask = new AskOnce(plan, sender, bodyKey, origin);
        workers = new Workers(ask, sender, plan.timeout());
        brake.onCancel(workers::close);
        requests = InputRequest.all(plan, place);
        cooling = plan.coldBy()
                .map(action -> Cooling.of(action, executors, place, brake))
                .orElse(null);
    }

    private void warmUp() {
        if (cooling == null) {
            int size = plan.warmUpRequests();
            run(round(Schedule.WARM_UP, size, Round.Before.NOTHING), Phase.WARM_UP, 0);
        } else {
            tryCooling();
        }
    }

    /** One after the other, cold each time: shows how long that takes and whether it works. */
    private void tryCooling() {
        int size = plan.warmUpRequests();
        int[] inputs = schedule.inputs(Schedule.WARM_UP, size);
        var taken = new ArrayList<Taken>();
        long latest = System.nanoTime()
                + Math.max(LONGEST_TRIAL.toNanos(), plan.warmUp().toNanos());
        for (int i = 0; i < size && (i < MetricPlan.LEAST_WARM_UP || System.nanoTime() < latest); i++) {
            InputRequest request = request(inputs[i]);
            long next = System.nanoTime() + tempo.slotUs() * 1000;
            cooling.purge(request.values());
            long now = System.nanoTime();
            taken.add(ask.ask(
                    request,
                    new AskOnce.Slot(Schedule.WARM_UP, i, now, now),
                    now + plan.timeout().toNanos()));
            telling.obeyBrake();
            telling.pause(Phase.COOLING, 0, planned, left(0), Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
        telling.taken(plan, taken);
        cooling.answered(taken);
        cooling.mustHaveWorked();
        spread(taken);
    }

    private void spread(List<Taken> trial) {
        if (!cooling.isQuickEnoughForEach()) {
            notes.add("Making cold takes too long to be done before each request: it was done before each block.");
            return;
        }
        tempo = tempo.withRoom(cooling.leadNanos(), trial);
        if (tempo.rate() < plan.rate() * 0.99) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Sent %.3g times a second instead of %.3g: making cold and the answer before need the time.",
                    tempo.rate(),
                    plan.rate()));
        }
    }

    private boolean coolsEach() {
        return tempo.leadNanos() > 0;
    }

    private void blocks() {
        for (int block = 0; block < planned; block++) {
            if (block > 0) {
                telling.pause(Phase.PAUSE, block, planned, left(block), plan.pause());
                companions.forEach(Companion::wasIdle);
            }
            int now = block;
            inTurn(block + 1, () -> block(now));
            // Two sides that take turns drift alike, and neither may take more than the other.
            if (block == planned - 1 && !extended && turn.isAlone()) {
                planned += blocksMissing();
            }
        }
        // Neither goes on to the next metric while the other still sends.
        inTurn(planned + 1, () -> {});
        checkSteadiness();
    }

    private void block(int block) {
        coolOnce();
        companions.forEach(Companion::begin);
        Phase phase = extended ? Phase.EXTENDING : Phase.BLOCK;
        run(round(block, plan.perBlock(), before()), phase, block + 1);
    }

    /** When it is our turn; the other side is let go on afterwards, whatever came of it. */
    private void inTurn(int piece, Runnable send) {
        if (!turn.isAlone()) {
            telling.during(Phase.OTHER_SIDE, piece, planned, left(piece), millis -> turn.comes(piece, millis));
        }
        send.run();
        turn.pass();
    }

    private Round.Before before() {
        return coolsEach() ? request -> cooling.purge(request.values()) : Round.Before.NOTHING;
    }

    /** Once, or for each input when the action takes its values. */
    private void coolOnce() {
        if (cooling != null && !coolsEach()) {
            String action = plan.coldBy().orElseThrow().toString();
            boolean takesInputs = plan.inputs().stream()
                    .flatMap(input -> input.keySet().stream())
                    .anyMatch(name -> action.contains("{" + name + "}"));
            requests.stream().limit(takesInputs ? requests.size() : 1).forEach(each -> cooling.purge(each.values()));
        }
    }

    /** How many blocks more it takes because these were not steady: once, and none when it cannot be said. */
    private int blocksMissing() {
        double limit = plan.p50Threshold() / 2;
        extended = tally.steadiness(0, limit).filter(found -> !found.holds()).isPresent();
        return extended ? MORE_BLOCKS : 0;
    }

    /** After ten more blocks the first ten belong to the warm-up, unless all of them are steady now. */
    private void checkSteadiness() {
        double limit = plan.p50Threshold() / 2;
        Optional<Steadiness> all = tally.steadiness(0, limit);
        steady = all.map(found -> found.facts(limit, extended, 0)).orElse(null);
        if (extended && all.filter(Steadiness::holds).isEmpty()) {
            steady = tally.steadiness(MORE_BLOCKS, limit)
                    .map(found -> found.facts(limit, true, MORE_BLOCKS))
                    .orElse(steady);
        }
    }

    private Round round(int block, int size, Round.Before before) {
        long start = System.nanoTime() + START_NANOS;
        long[] moments = Arrays.stream(schedule.moments(block, size, tempo.slotUs(), tempo.roomUs()))
                .map(us -> start + us * 1000)
                .toArray();
        List<InputRequest> asked = Arrays.stream(schedule.inputs(block, size))
                .mapToObj(this::request)
                .toList();
        return Round.of(block, asked, moments, before, tempo.leadNanos());
    }

    private InputRequest request(int input) {
        return requests.get(Math.max(0, input));
    }

    private void run(Round round, Phase phase, int block) {
        long began = System.nanoTime();
        workers.begin(round);
        try {
            telling.during(
                    phase,
                    block,
                    planned,
                    left(block),
                    millis -> round.isOver(millis) || workers.trouble().isPresent());
            workers.trouble().ifPresent(why -> {
                throw why;
            });
        } finally {
            done(round, began);
        }
    }

    private void done(Round round, long began) {
        List<Taken> taken = round.taken();
        if (round.block() != Schedule.WARM_UP) {
            tally.add(taken, round.size(), tempo.seconds(round.size()), micros(began));
            if (cooling != null) {
                cooling.answered(coolsEach() ? taken : taken.subList(0, Math.min(1, taken.size())));
            }
            long sent = taken.stream().filter(each -> each.sentUs() >= 0).count();
            if (taken.size() == round.size()) {
                companions.forEach(each -> each.wasBlock(round.block(), sent, micros(System.nanoTime())));
            }
        }
        telling.taken(plan, taken);
    }

    private long micros(long nanos) {
        return (nanos - origin) / 1000;
    }

    /** What goes on without us, watched for as long as a block lasts, unless the pauses show it. */
    private void idleWindow() {
        companions.forEach(Companion::begin);
        Duration block = seconds(tempo.seconds(plan.perBlock()));
        boolean pausesShow =
                plan.pause().multipliedBy(Math.max(0, plan.blocks() - 1L)).compareTo(block) >= 0;
        if (companions.stream().anyMatch(Companion::isCounting) && !pausesShow) {
            Duration window = block.compareTo(LONGEST_IDLE) > 0 ? LONGEST_IDLE : block;
            window = window.compareTo(LEAST_IDLE) < 0 ? LEAST_IDLE : window;
            telling.pause(Phase.IDLE_WINDOW, 0, planned, left(0).plus(window), window);
            companions.forEach(Companion::wasIdle);
        }
    }

    /** About how long the blocks from this one on take, counted from 1. */
    private Duration left(int block) {
        int blocks = planned - Math.max(0, block - 1);
        int sending = blocks * plan.perBlock() + (block == 0 ? plan.warmUpRequests() : 0);
        return seconds(tempo.seconds(sending)).plus(plan.pause().multipliedBy(Math.max(0, blocks - 1L)));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private List<Sitting> sittings(Optional<CouldNotAsk> trouble) {
        stopped |= brake.isCancelled();
        if (cooling != null) {
            Optional.of(cooling.note()).filter(note -> !note.isEmpty()).ifPresent(notes::add);
        }
        var all = new ArrayList<Sitting>();
        Instant endedAt = Instant.now();
        all.add(new Sitting(plan, startedAt, endedAt, facts(null), trouble));
        for (Companion each : companions) {
            telling.taken(each.plan(), each.taken());
            Optional<CouldNotAsk> why = each.trouble()
                    .or(() -> trouble.map(of -> new CouldNotAsk(
                            plan.name() + ", during which statements are counted, could not be taken: " + of.message(),
                            of.expected())));
            all.add(new Sitting(
                    each.plan(), startedAt, endedAt, facts(each.counts().orElse(null)), why));
        }
        return all;
    }

    private SittingFacts facts(StatementCounts counters) {
        return new SittingFacts(
                stopped,
                schedule.seed(),
                tempo.rate(),
                planned,
                tally.completeBlocks(),
                tally.size(),
                tally.achievedRate(),
                tally.lateShare(),
                tally.waitedForPlace(),
                steady,
                cooling == null ? null : cooling.facts(coolsEach()),
                counters,
                prober(),
                loadBefore,
                HostLoad.now(),
                notes);
    }

    static SittingFacts.Prober prober() {
        return new SittingFacts.Prober(
                TakeSamples.PROBER_VERSION,
                host(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                "HTTP/1.1, kept open");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }
}
