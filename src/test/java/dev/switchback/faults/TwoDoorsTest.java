package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Any action works through any instance, and the same button pressed at both at once has one effect. */
@Tag("faults")
@ExtendWith(Traces.class)
@ParameterizedClass(name = "round {0}")
@MethodSource("dev.switchback.faults.FaultsTest#rounds")
class TwoDoorsTest {

    private final Cluster cluster = Cluster.get();

    @Parameter
    int round;

    @BeforeEach
    void heal() {
        cluster.heal();
    }

    private List<Integer> atBoth(Function<Instance, Instance.Answer> press) {
        var pressed = cluster.both().stream()
                .map(instance -> CompletableFuture.supplyAsync(() -> press.apply(instance)))
                .toList();
        return pressed.stream()
                .map(CompletableFuture::join)
                .map(Instance.Answer::status)
                .sorted()
                .toList();
    }

    @Test
    @Tag("short")
    void a_start_pressed_at_both_at_once_makes_one_run() {
        for (int i = 0; i < 5; i++) {
            var scene = new PersonScene(cluster);
            scene.begin(cluster.a);
            Waiting.until(Duration.ofSeconds(20), scene + " asks", scene::asks);
            scene.finish(cluster.b);

            assertThat(atBoth(instance -> instance.post(
                            "/api/v1/migrations/" + scene.name + "/runs",
                            "{\"environment\": \"" + scene.name + "\", \"purpose\": \"live\"}")))
                    .containsExactly(201, 409);
            scene.run = Long.parseLong(cluster.database.value("SELECT max(id) FROM run WHERE service = ?", scene.name));
            Waiting.until(Duration.ofSeconds(20), scene + " asks", scene::asks);
            scene.finish(cluster.b);
            assertThat(cluster.database.value("SELECT count(*) FROM run WHERE service = ?", scene.name))
                    .isEqualTo("2");
            assertThat(scene.effects.begun()).containsExactly("before", "after", "before", "after");
        }
    }

    @Test
    @Tag("short")
    void an_answer_given_at_both_at_once_counts_once() {
        for (int i = 0; i < 5; i++) {
            var scene = new PersonScene(cluster);
            scene.begin(cluster.a);
            Waiting.until(Duration.ofSeconds(20), scene + " asks", scene::asks);

            assertThat(atBoth(instance -> instance.post(
                            "/api/v1/runs/" + scene.run + "/steps/look/confirm", "{\"note\": \"looks good\"}")))
                    .first()
                    .isEqualTo(200);
            Waiting.until(Duration.ofSeconds(20), scene + " is over", scene::isOver);
            assertThat(scene.effects.begun()).containsExactly("before", "after");
            assertThat(cluster.database.value(
                            "SELECT count(*) FROM run_event WHERE run_id = ? AND step_id = 'look' AND to_state ="
                                    + " 'succeeded'",
                            scene.run))
                    .isEqualTo("1");
        }
    }

    /** Everything about a run that one instance drives is done through the other one. */
    @Test
    void a_run_is_paused_resumed_and_called_back_through_the_other_instance() {
        var scene = new UndoScene(cluster, Means.IDEMPOTENT);
        cluster.setAside(cluster.b);
        try {
            scene.begin(cluster.a);
            Waiting.until(Duration.ofSeconds(20), scene + " asks", scene::asks);
        } finally {
            cluster.b.thaw();
        }
        cluster.b
                .post("/api/v1/runs/" + scene.run + "/rollback", "{\"reason\": \"enough\"}")
                .expect(200);
        Waiting.until(Duration.ofSeconds(20), scene + " is on its way back", () -> scene.effects.begun("undo-two") > 0);
        Instance watcher = cluster.besides(scene.driver().equals("a") ? cluster.a : cluster.b);

        watcher.post("/api/v1/runs/" + scene.run + "/pause", "{}").expect(200);
        scene.release();
        Waiting.until(
                Duration.ofSeconds(10), scene + " pauses", () -> scene.state().equals("paused"));
        watcher.post("/api/v1/runs/" + scene.run + "/resume", "{}").expect(200);

        Waiting.until(Duration.ofSeconds(20), scene + " is over", scene::isOver);
        scene.verifyAll(Scene.Trouble.BORNE, watcher);
    }

    @Test
    void a_run_is_aborted_through_the_other_instance_within_two_seconds() {
        var scene = new PrintingScene(cluster, Means.NONE);
        scene.begin(cluster.a);
        Waiting.until(Duration.ofSeconds(20), scene + " prints", scene::atMoment);
        Instance watcher = cluster.besides(scene.driver().equals("a") ? cluster.a : cluster.b);

        watcher.post("/api/v1/runs/" + scene.run + "/abort", "{\"reason\": \"stop it\"}")
                .expect(200);

        Waiting.until(
                Duration.ofSeconds(2),
                scene + " is aborted",
                () -> scene.state().equals("aborted"));
        assertThat(scene.processes()).isEmpty();
    }

    /** Who follows through the other instance is told every line once, while the database restarts. */
    @Test
    void a_reader_at_the_other_instance_misses_nothing_when_the_database_restarts() {
        var scene = new PrintingScene(cluster, Means.NONE);
        scene.begin(cluster.a);
        Waiting.until(Duration.ofSeconds(20), scene + " prints", scene::atMoment);
        Instance watcher = cluster.besides(scene.driver().equals("a") ? cluster.a : cluster.b);
        var reader = new EventReader(watcher, scene.run);
        CompletableFuture<List<Integer>> read = CompletableFuture.supplyAsync(reader::untilTheEnd);

        cluster.database.crash();
        Waiting.pass(Duration.ofSeconds(1));
        cluster.database.comeBack();
        Waiting.pass(Duration.ofSeconds(1));
        scene.release();
        scene.finish(watcher);

        int last = Integer.parseInt(cluster.database.value("SELECT last_event_no FROM run WHERE id = ?", scene.run));
        assertThat(new ArrayList<>(read.join()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, last).boxed().toList());
    }

    /** A start that nobody could carry out in time is not carried out late. */
    @Test
    void a_planned_start_that_was_missed_asks_a_person() {
        var scene = new StartAtScene(cluster, Duration.ofSeconds(3600));
        scene.begin(cluster.a);
        cluster.both().forEach(Instance::kill);
        // An hour and ten minutes pass, for the run and for the clock of db-scheduler.
        cluster.database.rows(
                "UPDATE run SET start_at = now() - interval '10 minutes' WHERE id = ? RETURNING id", scene.run);
        cluster.database.rows(
                "UPDATE scheduled_tasks SET execution_time = now() - interval '10 minutes' WHERE task_instance = ?"
                        + " RETURNING task_instance",
                String.valueOf(scene.run));
        cluster.heal();

        Waiting.until(
                Duration.ofSeconds(15), scene + " asks", () -> scene.state().equals("waiting"));

        assertThat(scene.effects.begun()).isEmpty();
        cluster.b
                .post("/api/v1/runs/" + scene.run + "/abort", "{\"reason\": \"too late\"}")
                .expect(200);
        Waiting.until(Duration.ofSeconds(10), scene + " is over", scene::isOver);
        assertThat(Stream.of(scene.state())).containsExactly("aborted");
    }
}
