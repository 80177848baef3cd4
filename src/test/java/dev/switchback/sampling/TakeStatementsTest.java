package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.step.CouldNotAskException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TakeStatementsTest {

    private static final String LIST = "{name: list, http: {target: web, request: GET /p, rate: 100, blocks: 3,"
            + " perBlock: 10, pause: %s, warmUp: 10ms}}";
    private static final String CALLS = "{name: calls, statements: {target: db, during: list}}";

    private final AtomicLong calls = new AtomicLong(1000);

    private final class Counters implements StatementSource {
        @Override
        public Snapshot now() {
            return new Snapshot(
                    System.nanoTime(),
                    "2026-01-01",
                    0L,
                    Map.of("77", new Counted("SELECT * FROM product WHERE category = $1", calls.get(), 1, 1, 1, 0)));
        }

        @Override
        public String database() {
            return "shop";
        }

        @Override
        public void close() {}
    }

    private TestServer shop() {
        return new TestServer(exchange -> {
            calls.addAndGet(14);
            TestServer.say(exchange, 200, "ok", Map.of());
        });
    }

    @Test
    void counts_the_calls_of_each_block_of_the_http_metric_it_goes_along_with() {
        try (TestServer server = shop()) {
            Samples samples = Samples.at(server.target("web", "http")).counting((plan, place) -> new Counters());
            List<Sitting> sittings = samples.take(Samples.plan(CALLS), Samples.plan(LIST.formatted("100ms")));
            assertThat(sittings).extracting(each -> each.plan().name()).containsExactly("calls", "list");
            assertThat(samples.byMetric.get("calls")).extracting(Taken::value).containsExactly(14.0, 14.0, 14.0);
            assertThat(samples.byMetric.get("calls")).extracting(Taken::block).containsExactly(0, 1, 2);
            StatementCounts counts = sittings.get(0).facts().counters();
            assertThat(counts.callsPerRequest()).isEqualTo(14);
            assertThat(counts.requests()).isEqualTo(30);
            assertThat(counts.idleSeconds()).isGreaterThan(0.19);
            assertThat(counts.statements().get(0).text()).contains("category = $1");
        }
    }

    @Test
    void watches_a_quiet_window_when_the_pauses_are_too_short_to_show_what_goes_on_without_us() {
        try (TestServer server = shop()) {
            Samples samples = Samples.at(server.target("web", "http")).counting((plan, place) -> new Counters());
            List<Sitting> sittings = samples.take(Samples.plan(LIST.formatted("0ms")), Samples.plan(CALLS));
            assertThat(samples.phases).contains(Progress.Phase.IDLE_WINDOW);
            assertThat(sittings.get(1).facts().counters().idleSeconds()).isGreaterThan(0.9);
        }
    }

    @Test
    void says_how_to_switch_counting_on_and_takes_the_http_metric_all_the_same() {
        try (TestServer server = shop()) {
            Samples samples = Samples.at(server.target("web", "http")).counting((plan, place) -> {
                throw new CouldNotAskException("this database does not count statements", "CREATE EXTENSION");
            });
            List<Sitting> sittings = samples.take(Samples.plan(LIST.formatted("10ms")), Samples.plan(CALLS));
            assertThat(sittings.get(0).trouble()).isEmpty();
            assertThat(samples.byMetric.get("list")).hasSize(50);
            assertThat(sittings.get(1).trouble().orElseThrow().expected()).isEqualTo("CREATE EXTENSION");
            assertThat(samples.byMetric).doesNotContainKey("calls");
        }
    }

    @Test
    void cannot_be_taken_without_the_http_metric_it_names() {
        Sitting sitting = Samples.at().take(CALLS);
        assertThat(sitting.trouble().orElseThrow().message())
                .isEqualTo("the metric list, during which statements are counted, is not taken along");
    }

    @Test
    void is_no_number_when_the_http_metric_could_not_be_taken() {
        Samples samples = Samples.at().counting((plan, place) -> new Counters());
        List<Sitting> sittings = samples.take(Samples.plan(LIST.formatted("0ms")), Samples.plan(CALLS));
        assertThat(sittings.get(1).trouble().orElseThrow().message())
                .isEqualTo("list, during which statements are counted, could not be taken: this environment has no"
                        + " target named web");
    }
}
