package dev.switchback.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.exchange.ReadDocument;
import dev.switchback.exchange.RunbookFileReader;
import dev.switchback.platform.LocalPostgres;
import dev.switchback.platform.ProcessMark;
import dev.switchback.runbook.Finding;
import dev.switchback.runbook.Linter;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.step.Answer;
import dev.switchback.step.Cancellation;
import dev.switchback.step.Condition;
import dev.switchback.step.Conditions;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import dev.switchback.step.Target;
import dev.switchback.step.check.CheckStepExecutor;
import dev.switchback.step.http.HttpStepExecutor;
import dev.switchback.step.manual.ManualStepExecutor;
import dev.switchback.step.shell.ShellPolicy;
import dev.switchback.step.shell.ShellStepExecutor;
import dev.switchback.step.sql.SqlStepExecutor;
import dev.switchback.step.wait.WaitStepExecutor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoShopsTest {

    private static final List<ShopPlace> SMALL =
            List.of(new ShopPlace("staging", 8301, 300), new ShopPlace("production", 8302, 300));

    @TempDir
    static Path folder;

    private static LocalPostgres postgres;
    private static AutoCloseable shops;
    private static List<ReadDocument> documents;

    private final StringBuilder log = new StringBuilder();
    private final StepExecutors executors = executors();

    @BeforeAll
    static void open() {
        postgres = LocalPostgres.start(folder);
        shops = DemoShops.start(folder, postgres, SMALL, 8080);
        var read = RunbookFileReader.read(Demo.runbookFile().orElseThrow());
        assertThat(read.problems()).isEmpty();
        documents = read.documents();
    }

    @AfterAll
    static void close() throws Exception {
        shops.close();
        postgres.stop();
        assertThat(folder.resolve("demo/staging/shop.pid")).doesNotExist();
    }

    @Test
    void the_migration_has_no_finding_of_level_error_and_uses_every_kind_of_step_there_is() {
        assertThat(Linter.of(migration())).noneMatch(finding -> finding.level() == Finding.Level.ERROR);
        assertThat(runbook().steps()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(runbook().steps().stream().map(RunbookStep::kind).collect(Collectors.toSet()))
                .contains(StepKind.SHELL, StepKind.HTTP, StepKind.SQL, StepKind.WAIT, StepKind.CHECK, StepKind.MANUAL);
        assertThat(runbook().steps()).allMatch(step -> !step.changes() || step.answersForItsUndo());
    }

    @Test
    void goes_forward_and_back_and_forward_and_back_while_every_health_request_is_answered() throws Exception {
        for (ShopPlace place : SMALL) {
            JsonNode environment = environment(place.name());
            Path settings = folder.resolve("demo").resolve(place.name()).resolve("shop.properties");
            String before = Files.readString(settings);
            var failed = new AtomicInteger();
            var sent = new AtomicInteger();
            var probe = Executors.newSingleThreadScheduledExecutor();
            probe.scheduleAtFixedRate(() -> probe(environment, sent, failed), 0, 20, TimeUnit.MILLISECONDS);
            try {
                for (int leg = 0; leg < 2; leg++) {
                    assertThat(applied(environment)).isEmpty();
                    forward(environment);
                    assertThat(Files.readString(settings)).startsWith("# MOVED");
                    back(environment);
                    assertThat(Files.readString(settings)).isEqualTo(before);
                }
                assertThat(applied(environment)).isEmpty();
            } finally {
                probe.shutdown();
                assertThat(probe.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(failed).hasValue(0);
            // How many it is says how fast the machine was today; that there were any says that somebody looked.
            assertThat(sent.get()).isGreaterThan(10);
        }
        assertThat(log).doesNotContain("mail-pass");
    }

    @Test
    void a_shop_that_was_killed_is_started_again_and_what_a_killed_server_left_is_ended() {
        Path pid = folder.resolve("demo/staging/shop.pid");
        ProcessHandle first =
                ProcessMark.read(pid).flatMap(ProcessMark::process).orElseThrow();
        first.destroyForcibly();
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> ProcessMark.read(pid)
                                .flatMap(ProcessMark::process)
                                .filter(second -> second.pid() != first.pid())
                                .isPresent()
                        && healthy(environment("staging")));
    }

    private void forward(JsonNode environment) {
        for (RunbookStep step : runbook().steps()) {
            if (step.kind() == StepKind.WAIT) {
                continue;
            }
            Outcome outcome = execute(step.kind(), step.action(), environment);
            assertThat(outcome.result())
                    .as(step.id() + ": " + outcome + log)
                    .isIn(
                            step.kind() == StepKind.MANUAL
                                    ? List.of(Outcome.Result.WAITING)
                                    : List.of(Outcome.Result.SUCCEEDED));
            step.appliedWhen()
                    .ifPresent(condition -> assertThat(asked(condition, environment))
                            .as(step.id())
                            .isEqualTo(Answer.State.HOLDS));
        }
    }

    private void back(JsonNode environment) {
        var steps = new ArrayList<>(runbook().steps());
        java.util.Collections.reverse(steps);
        for (RunbookStep step : steps) {
            step.rollback().ifPresent(undo -> {
                Outcome outcome = execute(undo.kind(), undo.action(), environment);
                assertThat(outcome.succeeded())
                        .as(step.id() + ": " + outcome + log)
                        .isTrue();
            });
        }
    }

    private List<String> applied(JsonNode environment) {
        return runbook().steps().stream()
                .filter(step -> step.appliedWhen().isPresent())
                .filter(step -> asked(step.appliedWhen().get(), environment) != Answer.State.DOES_NOT_HOLD)
                .map(RunbookStep::id)
                .toList();
    }

    private Answer.State asked(JsonNode condition, JsonNode environment) {
        return new Conditions(executors)
                .ask(Condition.of(condition), context(environment))
                .state();
    }

    private Outcome execute(StepKind kind, JsonNode action, JsonNode environment) {
        return executors.forKind(kind).orElseThrow().execute(action, context(environment));
    }

    private StepContext context(JsonNode environment) {
        Map<String, Target> targets = environment.get("targets").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        target -> new Target(
                                target.getKey(), target.getValue().get("kind").asText(), target.getValue())));
        Map<String, String> variables = environment.get("variables").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, variable -> variable.getValue().asText()));
        return new StepContext(
                targets,
                variables,
                name -> Optional.ofNullable(System.getProperty("switchback.secret." + name)),
                (stream, text) -> log.append(text).append('\n'),
                new Cancellation(),
                Duration.ofSeconds(2),
                "demo-test");
    }

    private static StepExecutors executors() {
        var acting =
                List.of(new ShellStepExecutor(ShellPolicy.ANYWHERE), new HttpStepExecutor(), new SqlStepExecutor());
        var all = new ArrayList<dev.switchback.step.StepExecutor>(acting);
        all.add(new ManualStepExecutor());
        all.add(new WaitStepExecutor());
        all.add(new CheckStepExecutor(new StepExecutors(acting)));
        return new StepExecutors(all);
    }

    private static void probe(JsonNode environment, AtomicInteger sent, AtomicInteger failed) {
        sent.incrementAndGet();
        if (!healthy(environment)) {
            failed.incrementAndGet();
        }
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static boolean healthy(JsonNode environment) {
        try {
            URI health = URI.create(environment.at("/targets/web/url").asText() + "/health");
            return CLIENT.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (Exception e) {
            return false;
        }
    }

    private static Runbook runbook() {
        return Runbook.of(migration());
    }

    private static ObjectNode migration() {
        return content("shop-settings-to-table");
    }

    private static ObjectNode environment(String key) {
        return content(key);
    }

    private static ObjectNode content(String key) {
        return documents.stream()
                .filter(document -> document.key().equals(key))
                .findFirst()
                .orElseThrow()
                .content();
    }
}
