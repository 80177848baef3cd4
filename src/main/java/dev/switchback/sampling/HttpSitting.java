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
import java.util.Map;
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

    private final Instant startedAt = Instant.now();
    private final long origin = System.nanoTime();
    private final HostLoad loadBefore = HostLoad.now();
    private final HttpSender sender = new HttpSender(true);
    private final AskOnce ask;
    private final Workers workers;
    private final List<Taken> kept = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private List<InputRequest> requests = List.of();
    private Cooling cooling;
    private boolean coolsEach;
    private long leadNanos;
    private long roomUs;
    private long slotUs;
    private int planned;
    private int complete;
    private double sendingSeconds;
    private int waitedForPlace;
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
            byte[] bodyKey) {
        this.plan = plan;
        this.place = place;
        this.schedule = new Schedule(plan, seed);
        this.brake = brake;
        this.telling = telling;
        this.companions = companions;
        this.executors = executors;
        this.ask = new AskOnce(plan, sender, bodyKey, origin);
        this.workers = new Workers(ask, sender, plan.timeout());
        this.slotUs = Math.round(1e6 / plan.rate());
        this.planned = plan.blocks();
    }

    /** All of it: the metric, then its companions. */
    List<Sitting> take() {
        Optional<CouldNotAsk> trouble = Optional.empty();
        try (workers) {
            brake.onCancel(workers::close);
            requests = InputRequest.all(plan, place);
            cooling = plan.coldBy()
                    .map(action -> Cooling.of(action, executors, place, brake))
                    .orElse(null);
            warmUp();
            idleWindow();
            blocks();
        } catch (CouldNotAskException cannot) {
            trouble = Optional.of(CouldNotAsk.of(cannot));
        } catch (MissingSecretException missing) {
            trouble = Optional.of(new CouldNotAsk(missing.getMessage(), "a configured secret"));
        } catch (Telling.StoppedException byBrake) {
            stopped = true;
        }
        return sittings(brake.isCancelled() ? Optional.empty() : trouble);
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
            long next = System.nanoTime() + slotUs * 1000;
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

    /**
     * Makes room in each slot for making cold and for the answer before, so that no answer is put into a cache after it
     * was purged for the next request.
     */
    private void spread(List<Taken> trial) {
        coolsEach = cooling.isQuickEnoughForEach();
        if (!coolsEach) {
            notes.add("Making cold takes too long to be done before each request: it was done before each block.");
            return;
        }
        leadNanos = cooling.leadNanos();
        long[] answers = trial.stream().mapToLong(Taken::responseUs).sorted().toArray();
        long answerUs = answers[(int) (answers.length * 0.9)];
        roomUs = leadNanos / 1000 + answerUs * 6 / 5;
        long slots = Math.max(1, (2 * roomUs + slotUs - 1) / slotUs);
        if (slots > 1) {
            slotUs *= slots;
            notes.add(String.format(
                    java.util.Locale.ROOT,
                    "Sent %.3g times a second instead of %.3g: making cold and the answer need the time.",
                    1e6 / slotUs,
                    plan.rate()));
        }
    }

    private void blocks() {
        for (int block = 0; block < planned; block++) {
            if (block > 0) {
                telling.pause(Phase.PAUSE, block, planned, left(block), plan.pause());
                companions.forEach(Companion::wasIdle);
            }
            coolOnce();
            companions.forEach(Companion::begin);
            Phase phase = extended ? Phase.EXTENDING : Phase.BLOCK;
            run(round(block, plan.perBlock(), before()), phase, block + 1);
            complete++;
            if (block == planned - 1 && !extended) {
                planned += blocksMissing();
            }
        }
        checkSteadiness();
    }

    private Round.Before before() {
        return coolsEach ? request -> cooling.purge(request.values()) : Round.Before.NOTHING;
    }

    private void coolOnce() {
        if (cooling != null && !coolsEach) {
            cooling.purge(requests.get(0).values());
        }
    }

    /** How many blocks more it takes because these were not steady: once, and none when it cannot be said. */
    private int blocksMissing() {
        double limit = plan.p50Threshold() / 2;
        extended = Steadiness.of(kept, 0, limit).filter(found -> !found.holds()).isPresent();
        return extended ? MORE_BLOCKS : 0;
    }

    /** After ten more blocks the first ten belong to the warm-up, unless all of them are steady now. */
    private void checkSteadiness() {
        double limit = plan.p50Threshold() / 2;
        Optional<Steadiness> all = Steadiness.of(kept, 0, limit);
        steady = all.map(found -> found.facts(limit, extended, 0)).orElse(null);
        if (extended && all.filter(Steadiness::holds).isEmpty()) {
            steady = Steadiness.of(kept, MORE_BLOCKS, limit)
                    .map(found -> found.facts(limit, true, MORE_BLOCKS))
                    .orElse(steady);
        }
    }

    private Round round(int block, int size, Round.Before before) {
        long start = System.nanoTime() + START_NANOS;
        long[] moments = Arrays.stream(schedule.moments(block, size, slotUs, roomUs))
                .map(us -> start + us * 1000)
                .toArray();
        List<InputRequest> asked = Arrays.stream(schedule.inputs(block, size))
                .mapToObj(this::request)
                .toList();
        return Round.of(block, asked, moments, before, leadNanos);
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
            kept.addAll(taken);
            long lastSent = taken.stream().mapToLong(Taken::sentUs).max().orElse(0);
            sendingSeconds += Math.max(round.size() * slotUs, lastSent - (began - origin) / 1000) / 1e6;
            waitedForPlace += (int) taken.stream().filter(HttpSitting::waited).count();
            if (coolsEach) {
                cooling.answered(taken);
            } else if (cooling != null) {
                cooling.answered(taken.subList(0, Math.min(1, taken.size())));
            }
            long sent = taken.stream().filter(each -> each.sentUs() >= 0).count();
            long endUs = (System.nanoTime() - origin) / 1000;
            companions.forEach(each -> each.wasBlock(round.block(), sent, endUs));
        }
        telling.taken(plan, taken);
    }

    private static boolean waited(Taken each) {
        return each.sentUs() < 0 || !each.late() && each.sentUs() - each.scheduledUs() > AskOnce.LATE_NANOS / 1000;
    }

    /** What goes on without us, watched for as long as a block lasts, unless the pauses show it. */
    private void idleWindow() {
        companions.forEach(Companion::begin);
        Duration block = Duration.ofNanos(plan.perBlock() * slotUs * 1000);
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
        long sending = blocks * plan.perBlock() * slotUs + (block == 0 ? plan.warmUpRequests() * slotUs : 0);
        return Duration.ofNanos(sending * 1000).plus(plan.pause().multipliedBy(Math.max(0, blocks - 1L)));
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
        int size = kept.size();
        long sent = kept.stream().filter(each -> each.sentUs() >= 0).count();
        long late = kept.stream().filter(Taken::late).count();
        return new SittingFacts(
                stopped,
                schedule.seed(),
                1e6 / slotUs,
                planned,
                complete,
                size,
                sendingSeconds == 0 ? 0 : sent / sendingSeconds,
                size == 0 ? 0 : (double) late / size,
                waitedForPlace,
                steady,
                cooling == null ? null : cooling.facts(coolsEach),
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

    /** Of the metric, for its companions. */
    static Map<String, List<Companion>> byMetric(List<MetricPlan> plans) {
        var all = new java.util.LinkedHashMap<String, List<Companion>>();
        plans.stream()
                .filter(plan -> plan.source() == SourceKind.STATEMENTS)
                .forEach(plan -> all.computeIfAbsent(plan.during(), any -> new ArrayList<>())
                        .add(new Companion(plan)));
        return all;
    }
}
