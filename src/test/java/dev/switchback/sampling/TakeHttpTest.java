package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.step.Cancellation;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.Target;
import dev.switchback.step.http.HttpStepExecutor;
import dev.switchback.verdict.CacheState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TakeHttpTest {

    private static final String SHORT = "rate: 100, blocks: 2, perBlock: 10, pause: 10ms, warmUp: 10ms";

    private static String metric(String request, String more) {
        return "{name: list, http: {target: web, request: \"" + request + "\", " + SHORT + more + "}}";
    }

    @Test
    void takes_the_warm_up_and_then_every_block_in_order() {
        try (TestServer server = TestServer.saying(200, "hello", Map.of("X-Cache", "HIT", "X-DB-Calls", "3"))) {
            Samples samples = Samples.at(server.target("web", "http"));
            Sitting sitting = samples.take(metric("GET /p", ", cacheHeader: X-Cache, cacheHit: HIT"));
            assertThat(sitting.trouble()).isEmpty();
            assertThat(samples.all).hasSize(40);
            assertThat(samples.all.stream().filter(Taken::warmUp)).hasSize(20);
            assertThat(samples.kept()).extracting(Taken::block).isSorted().containsOnly(0, 1);
            assertThat(samples.kept().subList(0, 10)).extracting(Taken::seq).isSorted();
            assertThat(samples.kept()).allSatisfy(each -> {
                assertThat(each.ok()).isTrue();
                assertThat(each.status()).isEqualTo(200);
                assertThat(each.bytes()).isEqualTo(5);
                assertThat(each.cache()).isEqualTo(CacheState.HIT);
                assertThat(each.dbCalls()).isEqualTo(3);
                assertThat(each.remote()).startsWith("127.0.0.1:");
                assertThat(each.sentUs()).isGreaterThanOrEqualTo(each.scheduledUs());
                assertThat(each.firstByteUs()).isGreaterThanOrEqualTo(each.sentUs());
                assertThat(each.doneUs()).isGreaterThanOrEqualTo(each.firstByteUs());
            });
            assertThat(samples.all.stream().skip(1).anyMatch(Taken::reusedConnection))
                    .isTrue();
            assertThat(samples.all.stream().map(Taken::bodyHash).distinct()).hasSize(1);
            assertThat(sitting.facts().blocksTaken()).isEqualTo(2);
            assertThat(sitting.facts().sent()).isEqualTo(20);
            assertThat(samples.phases).contains(Progress.Phase.WARM_UP, Progress.Phase.BLOCK, Progress.Phase.PAUSE);
        }
    }

    @Test
    void fills_in_inputs_variables_and_secrets_as_http_steps_do() {
        var keys = ConcurrentHashMap.<String>newKeySet();
        try (TestServer server = new TestServer(exchange -> {
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Key")));
            TestServer.say(exchange, 200, "ok", Map.of());
        })) {
            Target target = new Target(
                    "web", "http", Samples.json("{url: \"" + server.url() + "\", headers: {X-Key: \"secret:KEY\"}}"));
            Samples samples = Samples.at(target).variable("region", "eu west");
            samples.take(metric("GET /p/{region}?c={c}", ", inputs: [{c: \"a&b\"}, {c: hats}]"));
            assertThat(Set.copyOf(server.asked))
                    .containsExactlyInAnyOrder("GET /p/eu%20west?c=a%26b", "GET /p/eu%20west?c=hats");
            assertThat(keys).containsExactly("k3y-value");
            assertThat(samples.kept()).extracting(Taken::input).containsOnly(0, 1);
        }
    }

    @Test
    void counts_the_time_from_the_planned_moment_so_that_a_stall_shows_in_all_who_came_meanwhile() {
        var count = new AtomicInteger();
        try (TestServer server = new TestServer(exchange -> {
            boolean stalls;
            synchronized (count) {
                stalls = count.incrementAndGet() == 30;
                if (stalls) {
                    takeTime(300);
                }
            }
            TestServer.say(exchange, 200, stalls ? "stalled" : "ok", Map.of());
        })) {
            Samples samples = Samples.at(server.target("web", "http"));
            samples.take(metric("GET /", "").replace("perBlock: 10", "perBlock: 60"));
            Taken stalled = samples.kept().stream()
                    .filter(each -> each.bytes() == 7)
                    .findFirst()
                    .orElseThrow();
            // Within the stall for certain: it lasted 300 ms, somewhere between these two moments.
            List<Taken> within = samples.kept().stream()
                    .filter(each -> each.scheduledUs() > stalled.doneUs() - 300_000
                            && each.scheduledUs() < stalled.sentUs() + 300_000)
                    .toList();
            assertThat(within)
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.scheduledUs() + each.responseUs())
                            .isGreaterThanOrEqualTo(stalled.sentUs() + 300_000));
        }
    }

    @Test
    void who_finds_no_place_among_twenty_is_timed_from_the_planned_moment_and_is_not_called_late() {
        var most = new AtomicInteger();
        var now = new AtomicInteger();
        try (TestServer server = new TestServer(exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            takeTime(500);
            now.decrementAndGet();
            TestServer.say(exchange, 200, "ok", Map.of());
        })) {
            Samples samples = Samples.at(server.target("web", "http"));
            Sitting sitting = samples.take(metric("GET /", "").replace("perBlock: 10", "perBlock: 60"));
            assertThat(most.get()).isLessThanOrEqualTo(20);
            List<Taken> waited =
                    samples.kept().stream().filter(each -> each.seq() >= 25).toList();
            assertThat(waited)
                    .allSatisfy(each ->
                            assertThat(each.sentUs() - each.scheduledUs()).isGreaterThan(10_000));
            assertThat(sitting.facts().waitedForPlace()
                            + Math.round(sitting.facts().lateShare() * 120))
                    .isGreaterThanOrEqualTo(waited.size());
        }
    }

    @Test
    void a_service_that_answers_nothing_fails_every_request_and_holds_a_block_up_for_one_timeout_only() {
        var never = new CountDownLatch(1);
        try (TestServer server = new TestServer(exchange -> {
            try {
                never.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        })) {
            Samples samples = Samples.at(server.target("web", "http"));
            Sitting sitting = samples.take(metric("GET /", ", timeout: 300ms").replace("blocks: 2", "blocks: 1"));
            never.countDown();
            assertThat(sitting.trouble()).isEmpty();
            assertThat(samples.kept()).hasSize(10);
            assertThat(samples.kept()).allSatisfy(each -> {
                assertThat(each.errorKind()).isEqualTo("timeout");
                assertThat(each.responseUs()).isGreaterThanOrEqualTo(300_000);
            });
            assertThat(sitting.facts().steady()).isNull();
        }
    }

    @Test
    void who_finds_no_place_until_its_time_is_over_failed_like_everybody_who_gives_up() throws Exception {
        var never = new CountDownLatch(1);
        try (TestServer server = new TestServer(exchange -> {
            try {
                never.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        })) {
            MetricPlan plan = Samples.plan(metric("GET /", ""));
            var place = new Place(Map.of("web", server.target("web", "http")), Map.of(), name -> Optional.empty(), "");
            long now = System.nanoTime();
            long[] moments = LongStream.generate(() -> now).limit(40).toArray();
            var requests = Collections.nCopies(40, InputRequest.all(plan, place).get(0));
            Round round = Round.of(0, requests, moments, Round.Before.NOTHING, 0);
            var sender = new HttpSender(true);
            try (var workers =
                    new Workers(new AskOnce(plan, sender, new byte[] {1}, now), sender, Duration.ofSeconds(2))) {
                workers.begin(round);
                assertThat(round.isOver(60_000)).isTrue();
            }
            never.countDown();
            assertThat(round.taken()).hasSize(40).allMatch(each -> "timeout".equals(each.errorKind()));
            assertThat(round.taken()).anySatisfy(each -> {
                assertThat(each.sentUs()).isEqualTo(-1);
                assertThat(each.responseUs()).isEqualTo(2_000_000);
                assertThat(each.late()).isFalse();
            });
        }
    }

    @Test
    void an_answer_that_was_not_expected_is_an_error_of_its_kind() {
        assertThat(kindOf(503, "", "")).isEqualTo("5xx");
        assertThat(kindOf(404, "", "")).isEqualTo("4xx");
        assertThat(kindOf(302, "", "")).isEqualTo("status");
        assertThat(kindOf(404, "", ", expectStatus: [200, 404]")).isNull();
        assertThat(kindOf(200, "{\"up\": false}", ", expectJson: {up: true}")).isEqualTo("body");
        assertThat(kindOf(200, "{\"up\": true, \"n\": 1}", ", expectJson: {up: true}"))
                .isNull();
    }

    private static String kindOf(int status, String body, String more) {
        try (TestServer server = TestServer.saying(status, body, Map.of())) {
            Samples samples = Samples.at(server.target("web", "http"));
            samples.take(metric("GET /", more).replace("blocks: 2", "blocks: 1"));
            assertThat(samples.kept()).extracting(Taken::status).containsOnly(status);
            assertThat(samples.kept().stream().map(Taken::errorKind).distinct()).hasSize(1);
            return samples.kept().get(0).errorKind();
        }
    }

    @Test
    void nobody_listening_is_refused_and_measured_to_the_end() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        Samples samples = Samples.at(Samples.target("web", "http", "http://127.0.0.1:" + port));
        Sitting sitting = samples.take(metric("GET /", ""));
        assertThat(sitting.trouble()).isEmpty();
        assertThat(samples.kept()).hasSize(20).allMatch(each -> "refused".equals(each.errorKind()));
    }

    @Test
    void a_connection_that_is_cut_is_reset_and_never_tried_again() throws Exception {
        var connections = new AtomicInteger();
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var cutting = new Thread(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        connections.incrementAndGet();
                        socket.setSoLinger(true, 0);
                        socket.getInputStream().read();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            cutting.start();
            Samples samples = Samples.at(Samples.target("web", "http", "http://127.0.0.1:" + server.getLocalPort()));
            samples.take(metric("GET /", "").replace("blocks: 2", "blocks: 1"));
            assertThat(samples.kept()).allMatch(each -> "reset".equals(each.errorKind()));
            assertThat(connections.get()).isEqualTo(samples.all.size());
        }
    }

    @Test
    void a_name_that_nobody_knows_is_dns() {
        Samples samples = Samples.at(Samples.target("web", "http", "http://nobody.invalid:80"));
        samples.take(metric("GET /", "").replace("blocks: 2", "blocks: 1"));
        assertThat(samples.kept()).allMatch(each -> "dns".equals(each.errorKind()));
    }

    @Test
    void follows_redirects_only_when_told_to() {
        try (TestServer server = new TestServer(exchange -> {
            boolean first = exchange.getRequestURI().getPath().equals("/old");
            TestServer.say(
                    exchange, first ? 302 : 200, first ? "" : "ok", first ? Map.of("Location", "/new") : Map.of());
        })) {
            Samples samples = Samples.at(server.target("web", "http"));
            samples.take(metric("GET /old", ", follow: true").replace("blocks: 2", "blocks: 1"));
            assertThat(samples.kept()).allMatch(Taken::ok);
            assertThat(server.asked).contains("GET /new");
        }
    }

    @Test
    void refuses_a_method_that_may_change_something_unless_the_metric_says_it_may() {
        try (TestServer server = TestServer.saying(200, "", Map.of())) {
            Sitting refused = Samples.at(server.target("web", "http")).take(metric("POST /orders", ""));
            assertThat(refused.trouble()).hasValueSatisfying(trouble -> {
                assertThat(trouble.message()).contains("POST", "20 times");
                assertThat(trouble.expected()).contains("mayWrite: true");
            });
            assertThat(server.asked).isEmpty();
            Samples allowed = Samples.at(server.target("web", "http"));
            allowed.take(metric("POST /orders", ", mayWrite: true"));
            assertThat(allowed.kept()).hasSize(20).allMatch(Taken::ok);
        }
    }

    @Test
    void a_target_or_variable_that_is_missing_is_said_before_anything_is_sent() {
        Sitting sitting = Samples.at().take(metric("GET /", ""));
        assertThat(sitting.trouble())
                .hasValueSatisfying(
                        trouble -> assertThat(trouble.message()).isEqualTo("this environment has no target named web"));
        try (TestServer server = TestServer.saying(200, "", Map.of())) {
            Sitting noVariable = Samples.at(server.target("web", "http")).take(metric("GET /{region}", ""));
            assertThat(noVariable.trouble().orElseThrow().message()).contains("region");
            assertThat(server.asked).isEmpty();
        }
    }

    @Test
    void the_brake_ends_it_at_once_and_what_was_taken_stands() {
        try (TestServer server = TestServer.saying(200, "ok", Map.of())) {
            Samples samples = Samples.at(server.target("web", "http"));
            samples.atEachPhase(() -> {
                if (samples.kept().size() == 10) {
                    samples.brake.cancel(Cancellation.Reason.ABORTED);
                }
            });
            Sitting sitting = samples.take(metric("GET /", "").replace("blocks: 2", "blocks: 60"));
            assertThat(sitting.trouble()).isEmpty();
            assertThat(sitting.facts().stopped()).isTrue();
            assertThat(sitting.facts().blocksTaken()).isEqualTo(1);
            assertThat(samples.kept()).hasSize(10);
        }
    }

    @Test
    void the_brake_cuts_off_what_is_under_way() {
        var asked = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        try (TestServer server = new TestServer(exchange -> {
            asked.countDown();
            try {
                never.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        })) {
            Samples samples = Samples.at(server.target("web", "http"));
            var pulling = new Thread(() -> {
                try {
                    asked.await();
                    samples.brake.cancel(Cancellation.Reason.ABORTED);
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                }
            });
            pulling.start();
            Sitting sitting = samples.take(metric("GET /", ", timeout: 60s"));
            never.countDown();
            assertThat(sitting.facts().stopped()).isTrue();
            assertThat(samples.all).isEmpty();
        }
    }

    @Test
    void ten_more_blocks_are_taken_when_the_first_were_not_steady() {
        var count = new AtomicInteger();
        try (TestServer server = new TestServer(exchange -> {
            // Slow in the warm-up and the first five blocks, then quick.
            takeTime(count.incrementAndGet() <= 45 ? 800 : 50);
            TestServer.say(exchange, 200, "ok", Map.of());
        })) {
            Samples samples = Samples.at(server.target("web", "http"));
            Sitting sitting = samples.take("{name: list, http: {target: web, request: GET /, rate: 100, blocks: 10,"
                    + " perBlock: 5, pause: 0ms, warmUp: 10ms}}");
            assertThat(sitting.facts().steady().extended()).isTrue();
            assertThat(sitting.facts().blocksTaken()).isEqualTo(20);
            assertThat(samples.kept()).hasSize(100);
            assertThat(samples.phases).contains(Progress.Phase.EXTENDING);
            assertThat(sitting.facts().steady().keptFrom()).isIn(0, 10);
        }
    }

    /** A page cache in front of a slow page, as the demo's shop has one. */
    private static final class CachingServer {
        final Set<String> cached = ConcurrentHashMap.newKeySet();
        final List<String> order = new ArrayList<>();
        boolean purges = true;

        TestServer start() {
            return new TestServer(exchange -> {
                String path = exchange.getRequestURI().toString();
                synchronized (order) {
                    order.add(path);
                }
                if (path.startsWith("/clear")) {
                    if (purges) {
                        cached.remove("/p" + path.substring("/clear".length()));
                    }
                    TestServer.say(exchange, 200, "", Map.of());
                } else {
                    boolean hit = !cached.add(path);
                    TestServer.say(exchange, 200, "page", Map.of("X-Cache", hit ? "HIT" : "MISS"));
                }
            });
        }
    }

    private static final String COLD = "{name: cold, class: cold, http: {target: web, request: \"GET /p?c={c}\","
            + " inputs: [{c: a}, {c: b}], rate: 100, blocks: 2, perBlock: 10, pause: 10ms, warmUp: 10ms,"
            + " cacheHeader: X-Cache, cacheHit: HIT},"
            + " coldBy: {http: {target: web, request: \"POST /clear?c={c}\"}}}";

    @Test
    void purges_what_the_cache_keeps_of_each_input_before_each_request_of_the_cold_class() {
        var caching = new CachingServer();
        try (TestServer server = caching.start()) {
            Samples samples = Samples.at(server.target("web", "http")).with(new HttpStepExecutor());
            Sitting sitting = samples.take(COLD);
            assertThat(sitting.trouble()).isEmpty();
            assertThat(samples.kept()).hasSize(20);
            assertThat(sitting.facts().cold().times()).isEqualTo(40);
            assertThat(sitting.facts().cold().per()).isEqualTo("request");
            assertThat(sitting.facts().cold().misses()).isEqualTo(40);
            assertThat(samples.all).allMatch(each -> each.cache() == CacheState.MISS);
            var purges = new HashMap<String, Integer>();
            caching.order.stream()
                    .filter(path -> path.startsWith("/clear"))
                    .forEach(path -> purges.merge(path, 1, Integer::sum));
            assertThat(purges.keySet()).containsExactlyInAnyOrder("/clear?c=a", "/clear?c=b");
            assertThat(samples.phases).contains(Progress.Phase.COOLING);
        }
    }

    @Test
    void says_so_when_the_purge_does_not_make_it_cold() {
        var caching = new CachingServer();
        caching.purges = false;
        try (TestServer server = caching.start()) {
            Samples samples = Samples.at(server.target("web", "http")).with(new HttpStepExecutor());
            Sitting sitting = samples.take(COLD);
            assertThat(sitting.trouble())
                    .hasValueSatisfying(trouble -> assertThat(trouble.message())
                            .isEqualTo("the purge did not make it cold: 18 of 20 answers after it came from a cache"));
            assertThat(samples.kept()).isEmpty();
        }
    }

    @Test
    void a_purge_that_fails_ends_the_metric_with_its_reason() {
        try (TestServer server = new TestServer(exchange ->
                TestServer.say(exchange, exchange.getRequestMethod().equals("POST") ? 403 : 200, "no", Map.of()))) {
            Samples samples = Samples.at(server.target("web", "http")).with(new HttpStepExecutor());
            Sitting sitting = samples.take(COLD);
            assertThat(sitting.trouble())
                    .hasValueSatisfying(trouble ->
                            assertThat(trouble.message()).startsWith("making the caches cold failed: status 403"));
        }
    }

    @Test
    void needs_an_action_that_this_version_can_carry_out_to_make_cold() {
        try (TestServer server = TestServer.saying(200, "", Map.of())) {
            Sitting sitting = Samples.at(server.target("web", "http"))
                    .take(COLD.replace(
                            "{http: {target: web, request: \"POST /clear?c={c}\"}}", "{redis: {target: c}}"));
            assertThat(sitting.trouble().orElseThrow().message()).contains("cannot run redis steps yet");
            assertThat(server.asked).isEmpty();
        }
    }

    @Test
    void metrics_are_taken_one_after_the_other() {
        try (TestServer server = TestServer.saying(200, "ok", Map.of())) {
            Samples samples = Samples.at(server.target("web", "http"));
            MetricPlan first = Samples.plan(metric("GET /first", ""));
            MetricPlan second = Samples.plan(metric("GET /second", "").replace("name: list", "name: other"));
            List<Sitting> sittings = samples.take(first, second);
            assertThat(sittings).extracting(each -> each.plan().name()).containsExactly("list", "other");
            int lastFirst = server.asked.lastIndexOf("GET /first");
            int firstSecond = server.asked.indexOf("GET /second");
            assertThat(firstSecond).isGreaterThan(lastFirst);
        }
    }

    @Test
    void tells_how_long_it_will_take_at_the_beginning() {
        try (TestServer server = TestServer.saying(200, "ok", Map.of())) {
            var left = new ArrayList<Duration>();
            var telling = Samples.at(server.target("web", "http"));
            MetricPlan plan = Samples.plan(metric("GET /", ""));
            new TakeSamples(new StepExecutors(List.of()), new byte[] {1})
                    .take(
                            List.of(plan),
                            new Place(
                                    Map.of("web", server.target("web", "http")),
                                    Map.of(),
                                    name -> Optional.empty(),
                                    ""),
                            1,
                            telling.brake,
                            new Progress() {
                                @Override
                                public void metric(
                                        MetricPlan of, int block, int ofBlocks, Phase phase, Duration remaining) {
                                    left.add(remaining);
                                }

                                @Override
                                public void taken(MetricPlan of, List<Taken> batch) {
                                    telling.taken(of, batch);
                                }
                            });
            assertThat(left.get(0)).isBetween(Duration.ofMillis(200), Duration.ofMillis(420));
            assertThat(left.get(left.size() - 1)).isLessThan(left.get(0));
        }
    }

    /** A server that takes its time: nothing here waits for a moment to be right. */
    private static void takeTime(long millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
