package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run, brought to the moment at which the trouble comes; then what a person does about it who looks at the service
 * before answering; then what must be true.
 */
abstract class Scene {

    /** What becomes of a step that was under way. */
    enum Trouble {
        /** It goes on as if nothing had happened. */
        BORNE,
        /** It is broken off: its driver died, or had to end it. */
        BREAKS_OFF
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Cluster cluster;
    final String name;
    final Path folder;
    final Effects effects;

    /** What was answered, in order: {@code STATE VERB STEP}. */
    final List<String> answers = new ArrayList<>();

    long run;
    private String mark;

    Scene(Cluster cluster, String name) {
        this.cluster = cluster;
        this.name = name + "-" + Long.toString(System.nanoTime(), 36);
        this.folder = cluster.folder.resolve("scenes").resolve(this.name);
        this.effects = new Effects(folder.resolve("effects"));
    }

    /** The steps, as they stand in the file. */
    abstract String steps();

    /** The trouble may come now. */
    abstract boolean atMoment();

    /** What is true of it in particular, when it is over. */
    abstract void verify(Trouble trouble, Truth truth);

    /** Who was in the middle of something has been settled: it began again, a person is asked, or the run went on. */
    abstract boolean settled();

    /** What stands in the body of the request that starts it, besides environment and purpose. */
    String wishes() {
        return "";
    }

    final void begin(Instance through) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        through.postYaml("/api/v1/import", environment() + "---\n" + migration())
                .expect(200);
        run = through.post(
                        "/api/v1/migrations/" + name + "/runs",
                        "{\"environment\": \"" + name + "\", \"purpose\": \"live\"" + wishes() + "}")
                .expect(201)
                .json()
                .path("id")
                .asLong();
        mark = cluster.database.value(
                "SELECT concat('run-', id, '-', floor(extract(epoch FROM created_at) * 1000)::bigint, '-') FROM run"
                        + " WHERE id = ?",
                run);
    }

    /** What still runs of it; a run of this number in another database on this machine is not meant. */
    final List<Long> processes() {
        return Signals.processesOf(mark);
    }

    private String environment() {
        return """
            apiVersion: switchback/v1
            kind: Environment
            key: %1$s
            name: %1$s
            tier: development
            targets:
              host: {kind: shell, directory: "%2$s"}
            """.formatted(name, folder);
    }

    private String migration() {
        return """
            apiVersion: switchback/v1
            kind: Migration
            key: %1$s
            title: Change %1$s
            service: %1$s
            owner: team-faults
            expected: it survives
            rollbackNote: change it back
            steps:
            %2$s\
            """.formatted(name, steps());
    }

    /** A step that writes that it was done, and nothing else. */
    static String quick(String id, String more) {
        return """
              - {id: %1$s, title: Do %1$s, phase: change, shell: {target: host, command: "echo begin %1$s $SWITCHBACK_MARK >> effects"}, rollback: {shell: {target: host, command: "echo begin undo-%1$s $SWITCHBACK_MARK >> effects"}}%2$s}
            """.formatted(id, more);
    }

    /**
     * A command that prints numbered lines, five at a time, until it finds the file {@code go}. It goes on when nobody
     * reads what it prints, so that it is still there when its driver is not.
     */
    static String printing(String what) {
        return ("trap '' PIPE; echo begin %1$s $SWITCHBACK_MARK >> effects; echo x >> did-%1$s; i=0; until [ -e go ];"
                        + " do for n in 1 2 3 4 5; do i=$((i+1)); echo line $i || true; done; echo tick %1$s $SWITCHBACK_MARK >>"
                        + " effects; sleep 0.1; done; echo end %1$s $SWITCHBACK_MARK >> effects")
                .formatted(what);
    }

    /** What was printing ends. */
    final void release() {
        release(folder);
    }

    static void release(Path folder) {
        try {
            Files.writeString(folder.resolve("go"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final String state() {
        return cluster.database.value("SELECT state FROM run WHERE id = ?", run);
    }

    final String state(String leg, String step) {
        return cluster.database.value(
                "SELECT state FROM run_step WHERE run_id = ? AND leg = ? AND step_id = ?", run, leg, step);
    }

    final String driver() {
        return cluster.database.value("SELECT instance FROM run WHERE id = ?", run);
    }

    final boolean isOver() {
        return List.of("succeeded", "failed", "rolled-back", "aborted").contains(state());
    }

    final boolean settledOrOver() {
        return isOver() || settled();
    }

    final boolean asks() {
        return List.of("waiting", "rollback-failed").contains(state());
    }

    /** Answers whatever is asked, until the run is over. */
    final void finish(Instance through) {
        Waiting.until(PATIENCE, this + " is over", () -> {
            if (asks()) {
                answer(through);
            }
            return isOver();
        });
    }

    private void answer(Instance through) {
        Instance.Answer page = through.get("/api/v1/runs/" + run);
        if (page.status() == 503) {
            return;
        }
        JsonNode now = page.expect(200).json();
        for (JsonNode step : now.path("steps")) {
            if (step.path("asks").isEmpty()) {
                continue;
            }
            String id = step.path("id").asText();
            String verb = verb(step);
            Instance.Answer answer = through.post(
                    "/api/v1/runs/" + run + "/steps/" + id + "/" + verb, "{\"note\": \"I looked at the service\"}");
            // "The database is away; try again": a person does.
            if (answer.status() != 503) {
                answer.expect(200);
                answers.add(step.path("state").asText() + " " + verb + " " + id);
            }
        }
    }

    /** Looks at what was done, and says so. */
    private String verb(JsonNode step) {
        String what = (step.path("leg").asText().equals("back") ? "undo-" : "")
                + step.path("id").asText();
        return switch (step.path("state").asText()) {
            case "waiting" -> "confirm";
            case "unknown" -> effects.begun(what) > 0 ? "succeed" : "retry";
            default -> "retry";
        };
    }

    final void verifyAll(Trouble trouble, Instance through) {
        var truth = new Truth(cluster.database, through, run);
        truth.holds();
        assertThat(processes()).as("processes of %s", this).isEmpty();
        effects.neverOverlap();
        verify(trouble, truth);
    }

    /** It went through in one piece: every attempt was the first and nobody was asked. */
    final void wentThroughUndisturbed() {
        assertThat(answers).as("answers about %s", this).isEmpty();
        assertThat(effects.begun()).as("effects of %s", this).doesNotHaveDuplicates();
        assertThat(cluster.database.value("SELECT max(attempt) FROM run_step WHERE run_id = ?", run))
                .as("attempts of %s", this)
                .isEqualTo("1");
    }

    @Override
    public String toString() {
        return "run " + run + " (" + name + ")";
    }
}
