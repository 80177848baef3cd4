package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A run whose steps fail now and then, whose people press whatever can be pressed, and whose driver loses its lease: all
 * at random. Its model is as simple as can be: a step that went through is applied, one whose undo went through is not;
 * and what was pressed is counted.
 */
final class RandomScene extends Scene {

    /** After so many answers people only do what leads to an end, so that there is one. */
    private static final int MOODS = 25;

    private final SplittableRandom random;
    private final int length;
    private final boolean[] idempotent;
    private final Map<String, Integer> retried = new HashMap<>();
    private final Set<String> decidedByHand = new LinkedHashSet<>();
    private int pressed;
    private int lost;
    private boolean takenBackByAnother;

    RandomScene(Cluster cluster, long seed) {
        super(cluster, "random-" + Long.toUnsignedString(seed, 36));
        random = new SplittableRandom(seed);
        length = 3 + random.nextInt(4);
        idempotent = new boolean[length];
        for (int i = 0; i < length; i++) {
            idempotent[i] = random.nextInt(3) == 0;
        }
    }

    @Override
    String steps() {
        var steps = new StringBuilder();
        for (int i = 0; i < length; i++) {
            String id = "s" + i;
            if (random.nextInt(6) == 0) {
                steps.append("  - {id: %s, title: Look, phase: verify, manual: {instructions: Look}}\n".formatted(id));
                continue;
            }
            String more = idempotent[i] ? ", idempotent: true, retries: 1, retryDelay: 100ms" : "";
            steps.append(
                    "  - {id: %1$s, title: Do %1$s, phase: change, grace: 1s, shell: {target: host, command: \"%2$s\"}, rollback: {grace: 1s, shell: {target: host, command: \"%3$s\"}}%4$s}\n"
                            .formatted(id, sometimes(id), sometimes("undo-" + id), more));
        }
        return steps.toString();
    }

    /** A command that fails the first times, or not at all, and takes a moment. */
    private String sometimes(String what) {
        int failures = Math.max(0, random.nextInt(5) - 2);
        return ("echo begin %1$s $SWITCHBACK_MARK >> effects; sleep 0.%2$d; if [ $(grep -c 'begin %1$s ' effects) -le"
                        + " %3$d ]; then exit 1; fi; echo done %1$s $SWITCHBACK_MARK >> effects")
                .formatted(what, random.nextInt(1, 5), failures);
    }

    @Override
    boolean atMoment() {
        return true;
    }

    @Override
    boolean settled() {
        return isOver();
    }

    /** Somebody does something, or nobody does. */
    void goesOn() {
        Instance door = random.nextBoolean() ? cluster.a : cluster.b;
        String state = state();
        if (asks()) {
            says(door);
        } else if (state.equals("paused")) {
            presses(door, random.nextInt(4) == 0 && pressed < MOODS ? "rollback" : "resume");
        } else if (!isOver() && pressed < MOODS) {
            switch (random.nextInt(60)) {
                case 0 -> presses(door, "pause");
                case 1 -> presses(door, "rollback");
                case 2, 3, 4 -> losesItsLease();
                case 5 -> presses(door, random.nextInt(4) == 0 ? "abort" : "pause");
                default -> {}
            }
        }
    }

    private void says(Instance door) {
        JsonNode now = door.get("/api/v1/runs/" + run).expect(200).json();
        for (JsonNode step : now.path("steps")) {
            var verbs = new ArrayList<String>();
            step.path("asks").forEach(verb -> verbs.add(verb.asText()));
            if (verbs.isEmpty()) {
                continue;
            }
            String verb = pressed < MOODS
                    ? verbs.get(random.nextInt(verbs.size()))
                    : verbs.contains("retry") ? "retry" : verbs.get(0);
            answered(door, step, verb);
            return;
        }
    }

    private void answered(Instance door, JsonNode step, String verb) {
        String id = step.path("id").asText();
        int status = door.post(
                        "/api/v1/runs/" + run + "/steps/" + id + "/" + verb,
                        "{\"note\": \"at random\", \"evidence\": \"x\"}")
                .status();
        pressed++;
        assertThat(status).as("%s: %s %s", this, verb, id).isIn(200, 409);
        if (status == 200) {
            String what = (step.path("leg").asText().equals("back") ? "undo-" : "") + id;
            if (verb.equals("retry")) {
                retried.merge(what, 1, Integer::sum);
            } else if (!verb.equals("fail")) {
                decidedByHand.add(what);
            }
        }
    }

    /** Too late is no error: then it is refused. */
    private void presses(Instance door, String verb) {
        pressed++;
        Instance.Answer answer = door.post("/api/v1/runs/" + run + "/" + verb, "{\"reason\": \"at random\"}");
        assertThat(answer.status()).as("%s: %s", this, verb).isIn(200, 201, 409);
        if (verb.equals("rollback") && answer.status() == 200) {
            countUndosToBeTriedAgain(answer.json());
        }
        // The run was over a moment before: now another one takes it back.
        takenBackByAnother |= answer.status() == 201;
    }

    /** Who presses "Roll back" just when an undo has failed has it tried again. */
    private void countUndosToBeTriedAgain(JsonNode now) {
        for (JsonNode step : now.path("steps")) {
            int attempt = step.path("attempt").asInt();
            boolean again =
                    attempt > 1 || attempt == 1 && step.path("state").asText().equals("pending");
            if (step.path("leg").asText().equals("back") && again) {
                retried.merge("undo-" + step.path("id").asText(), 1, Integer::sum);
            }
        }
    }

    /** Somebody else took it and died at once. */
    private void losesItsLease() {
        lost++;
        cluster.database.rows(
                "UPDATE run SET fence = fence + 1, lease_until = NULL WHERE id = ? AND lease_until IS NOT NULL"
                        + " RETURNING id",
                run);
    }

    @Override
    void verify(Trouble trouble, Truth truth) {
        if (takenBackByAnother) {
            return;
        }
        List<String> begun = effects.begun();
        List<Integer> there = positions(begun, "s");
        List<Integer> back = positions(begun, "undo-s");
        assertThat(there).as("%s: forward in order: %s", this, begun).isSorted();
        assertThat(back).as("%s: back in reverse order: %s", this, begun).isSortedAccordingTo((x, y) -> y - x);
        int turned = begun.indexOf(begun.stream()
                .filter(what -> what.startsWith("undo-"))
                .findFirst()
                .orElse("none"));
        if (turned >= 0) {
            assertThat(begun.subList(turned, begun.size()))
                    .as("%s: nothing forward after the turn", this)
                    .allMatch(what -> what.startsWith("undo-"));
        }
        eachAsOftenAsSomebodyWanted();
        claimsWhatIsTrue();
    }

    private static List<Integer> positions(List<String> begun, String prefix) {
        return begun.stream()
                .filter(what -> what.startsWith(prefix))
                .map(what -> Integer.valueOf(what.substring(prefix.length())))
                .toList();
    }

    private void eachAsOftenAsSomebodyWanted() {
        IntStream.range(0, length).forEach(i -> {
            assertThat(effects.begun("s" + i)).as("%s: s%d began", this, i).isLessThanOrEqualTo(1 + moreAttempts(i));
            assertThat(effects.begun("undo-s" + i))
                    .as("%s: undo of s%d began", this, i)
                    .isLessThanOrEqualTo(1 + retried.getOrDefault("undo-s" + i, 0));
        });
    }

    /** How often a step may have been tried again, because somebody said so or because it may be done twice. */
    private int moreAttempts(int i) {
        int byItself = idempotent[i] ? 1 + lost : 0;
        return byItself + (1 + byItself) * retried.getOrDefault("s" + i, 0);
    }

    /** What is applied in the model, and what the run says in the end. */
    private void claimsWhatIsTrue() {
        var applied = new LinkedHashSet<String>();
        effects.all().stream().filter(effect -> effect.kind().equals("done")).forEach(effect -> {
            if (effect.what().startsWith("undo-")) {
                applied.remove(effect.what().substring("undo-".length()));
            } else {
                applied.add(effect.what());
            }
        });
        for (int i = 0; i < length; i++) {
            String id = "s" + i;
            String forward = state("forward", id);
            if (forward.equals("succeeded") && !isManual(id)) {
                // Or its undo, with which contact was lost, took effect, and somebody said that it did not and left it.
                assertThat(applied.contains(id) || decidedByHand.contains(id) || decidedByHand.contains("undo-" + id))
                        .as("%s: %s succeeded", this, id)
                        .isTrue();
            }
            if (forward.equals("rolled-back")) {
                assertThat(!applied.contains(id) || decidedByHand.contains("undo-" + id))
                        .as("%s: %s is taken back", this, id)
                        .isTrue();
            }
            if (forward.equals("pending")) {
                assertThat(effects.begun(id))
                        .as("%s: %s was not begun, or was about to be tried again", this, id)
                        .isLessThanOrEqualTo(moreAttempts(i));
                assertThat(state("back", id))
                        .as("%s: what was taken back does not wait", this)
                        .isNotEqualTo("succeeded");
            }
        }
        if (state().equals("succeeded")) {
            assertThat(cluster.database.value(
                            "SELECT count(*) FROM run_step WHERE run_id = ? AND state NOT IN ('succeeded', 'skipped')",
                            run))
                    .as("%s succeeded with all its steps", this)
                    .isEqualTo("0");
        }
        if (state().equals("rolled-back")) {
            assertThat(applied)
                    .as("%s: what is left applied was decided by hand", this)
                    .allMatch(id -> decidedByHand.contains("undo-" + id));
        }
    }

    private boolean isManual(String id) {
        return cluster.database
                .value("SELECT kind FROM run_step WHERE run_id = ? AND leg = 'forward' AND step_id = ?", run, id)
                .equals("manual");
    }
}
