package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What must be true of every run when it is over, whatever happened to it. */
final class Truth {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> FINAL = Set.of("succeeded", "failed", "rolled-back", "aborted");

    private final Database database;
    private final Instance through;
    private final long run;

    Truth(Database database, Instance through, long run) {
        this.database = database;
        this.through = through;
        this.run = run;
    }

    void holds() {
        eventsAreGaplessAndInOrder();
        stateIsWhatTheEventsSay();
        stepsAreWhatTheEventsSay();
        linesAreGapless();
    }

    private void eventsAreGaplessAndInOrder() {
        List<List<String>> events = database.rows("SELECT no, at FROM run_event WHERE run_id = ? ORDER BY no", run);
        int last = Integer.parseInt(database.value("SELECT last_event_no FROM run WHERE id = ?", run));
        assertThat(events.stream().map(row -> row.get(0)))
                .as("numbers of the events of run %d", run)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, last).mapToObj(String::valueOf).toList());
        assertThat(events.stream().map(row -> row.get(1)))
                .as("times of the events of run %d", run)
                .isSorted();
    }

    private void stateIsWhatTheEventsSay() {
        String state = follow("step_id IS NULL", "queued");
        assertThat(database.value("SELECT state FROM run WHERE id = ?", run))
                .as("state of run %d", run)
                .isEqualTo(state)
                .isIn(FINAL);
    }

    private void stepsAreWhatTheEventsSay() {
        Map<String, String> said = new HashMap<>();
        database.rows(
                        "SELECT coalesce(leg, '') || ' ' || step_id, from_state, to_state FROM run_event WHERE run_id"
                                + " = ? AND step_id IS NOT NULL AND to_state IS NOT NULL ORDER BY no",
                        run)
                .forEach(event -> {
                    assertThat(event.get(1))
                            .as("run %d, %s: each event begins where the one before ended", run, event)
                            .isEqualTo(said.getOrDefault(event.get(0), "pending"));
                    said.put(event.get(0), event.get(2));
                });
        database.rows("SELECT leg || ' ' || step_id, state FROM run_step WHERE run_id = ?", run)
                .forEach(step -> assertThat(step.get(1))
                        .as("run %d, state of %s", run, step.get(0))
                        .isEqualTo(said.getOrDefault(step.get(0), "pending"))
                        .isNotEqualTo("running"));
    }

    private String follow(String which, String first) {
        String state = first;
        for (List<String> event : database.rows(
                "SELECT no, from_state, to_state FROM run_event WHERE run_id = ? AND to_state IS NOT NULL AND " + which
                        + " ORDER BY no",
                run)) {
            if (event.get(1) != null) {
                assertThat(event.get(1))
                        .as("run %d, event %s begins where the one before ended", run, event.get(0))
                        .isEqualTo(state);
            }
            state = event.get(2);
        }
        return state;
    }

    private void linesAreGapless() {
        long last = Long.parseLong(database.value("SELECT last_line_no FROM run WHERE id = ?", run));
        List<JsonNode> lines = lines();
        assertThat(lines).as("lines of run %d", run).hasSize((int) last);
        for (int i = 0; i < last; i++) {
            assertThat(lines.get(i).path("no").asLong())
                    .as("number of line %d of run %d", i, run)
                    .isEqualTo(i + 1);
        }
    }

    private List<JsonNode> lines() {
        var lines = new ArrayList<JsonNode>();
        through.get("/api/v1/runs/" + run + "/log?format=ndjson")
                .expect(200)
                .body()
                .lines()
                .forEach(line -> lines.add(json(line)));
        return lines;
    }

    private static JsonNode json(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("no line of the log: " + line, e);
        }
    }

    /** What this attempt of this step printed, as the log has it. */
    List<String> printed(String step, int attempt) {
        return lines().stream()
                .filter(line -> line.path("step").asText().equals(step)
                        && line.path("attempt").asInt() == attempt
                        && line.path("leg").asText().equals("forward")
                        && line.path("stream").asText().equals("stdout"))
                .map(line -> line.path("text").asText())
                .toList();
    }
}
