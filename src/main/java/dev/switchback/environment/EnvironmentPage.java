package dev.switchback.environment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.environment.CheckEnvironment.IdentityReport;
import dev.switchback.environment.CheckEnvironment.Report;
import dev.switchback.environment.CheckEnvironment.TargetReport;
import dev.switchback.environment.EnvironmentContent.Freeze;
import dev.switchback.environment.RunsHere.RunHere;
import dev.switchback.web.ConditionCard;
import dev.switchback.web.Fact;
import dev.switchback.web.JsonLabels;
import dev.switchback.web.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that the page of an environment shows.
 *
 * @param environment the environment
 * @param content what its file says
 * @param checked what the last check found, or null when there was none since the start
 * @param runs the latest runs in it
 * @param now the moment of the picture
 */
public record EnvironmentPage(
        Environment environment, EnvironmentContent content, Report checked, List<RunHere> runs, Instant now) {

    private static final Set<String> ADDRESS = Set.of("url", "hosts", "directory");

    /**
     * A target.
     *
     * @param name what steps call it
     * @param kind how it is spoken to
     * @param where its address
     * @param facts its other settings, secrets as references
     * @param state {@code reachable}, {@code unreachable} or {@code unchecked}
     * @param latencyMs how long the answer took, or null
     * @param message what there is to say about it, or empty
     */
    public record TargetRow(
            String name, String kind, String where, List<Fact> facts, String state, Long latencyMs, String message) {}

    /**
     * A proof that this is the place it says it is.
     *
     * @param card the question
     * @param state {@code holds}, {@code does-not-hold}, {@code could-not-ask}, or empty when it was not asked
     * @param message what the answer was
     */
    public record ProofRow(ConditionCard card, String state, String message) {

        /** The silhouette. */
        public String mark() {
            return switch (state) {
                case "holds" -> "ok";
                case "does-not-hold" -> "fail";
                case "could-not-ask" -> "unk";
                default -> "idle";
            };
        }

        /** The word. */
        public String word() {
            return switch (state) {
                case "holds" -> "Yes";
                case "does-not-hold" -> "No";
                case "could-not-ask" -> "Could not ask";
                default -> "Not asked";
            };
        }

        /** The class of the colour. */
        public String tone() {
            return "s-" + mark();
        }
    }

    public List<TargetRow> targets() {
        return content.targets().values().stream()
                .map(target -> {
                    TargetReport answer = report(target.name());
                    return new TargetRow(
                            target.name(),
                            target.kind(),
                            where(target.settings()),
                            facts(target.settings()),
                            answer == null ? "unchecked" : answer.state(),
                            answer == null ? null : answer.latencyMs(),
                            answer == null ? "" : answer.message());
                })
                .toList();
    }

    private TargetReport report(String target) {
        return checked == null
                ? null
                : checked.targets().stream()
                        .filter(each -> each.name().equals(target))
                        .findFirst()
                        .orElse(null);
    }

    private static String where(JsonNode settings) {
        for (String member : List.of("url", "hosts", "directory")) {
            if (settings.has(member)) {
                JsonNode value = settings.get(member);
                return value.isArray() ? JsonLabels.commas(value) : value.asText();
            }
        }
        return "";
    }

    private static List<Fact> facts(JsonNode settings) {
        var facts = new ArrayList<Fact>();
        settings.properties().stream()
                .filter(member ->
                        !ADDRESS.contains(member.getKey()) && !member.getKey().equals("kind"))
                .forEach(member ->
                        facts.add(Fact.code(JsonLabels.spoken(member.getKey()), JsonLabels.flow(member.getValue()))));
        return List.copyOf(facts);
    }

    public List<ProofRow> proofs() {
        var rows = new ArrayList<ProofRow>();
        for (JsonNode condition : content.identity()) {
            IdentityReport proof = checked == null ? null : checked.identity().get(rows.size());
            rows.add(new ProofRow(
                    ConditionCard.of(condition),
                    proof == null ? "" : proof.state(),
                    proof == null ? "" : proof.message()));
        }
        return List.copyOf(rows);
    }

    public List<Freeze> freezes() {
        return content.freezes();
    }

    /** Whether live runs are allowed now, and when next. */
    public OpenSign sign() {
        return OpenSign.of(content.openTimes(), now);
    }

    /** The windows as people say them. */
    public List<WindowRow> windows() {
        return content.windows().stream()
                .map(window -> new WindowRow(window.words(), window.reason(), window.holdsAt(now)))
                .toList();
    }

    /** A window in words. */
    public record WindowRow(String words, String reason, boolean isOpen) {}

    public boolean isFrozen() {
        return content.frozenAt(now).isPresent();
    }

    public boolean isOver(Freeze freeze) {
        return !freeze.to().isAfter(now);
    }

    public Map<String, String> variables() {
        return content.variables();
    }

    /** A member of the content, or null. */
    public JsonNode get(String member) {
        JsonNode value = content.tree().path(member);
        return value.isMissingNode() || value.isNull() || value.isContainerNode() && value.isEmpty() ? null : value;
    }

    /** The runs that hold a service here now. */
    public List<RunHere> holders() {
        return runs.stream().filter(run -> !run.isOver()).toList();
    }

    /** Whether it answers and is the place it says it is, as a sentence to read aloud. */
    public String answer() {
        if (targets().isEmpty()) {
            return "No target is registered here.";
        }
        if (checked == null) {
            return Words.count(targets().size(), "target") + ", not checked since this Switchback started.";
        }
        long silent = targets().stream()
                .filter(target -> target.state().equals("unreachable"))
                .count();
        long answering = targets().stream()
                .filter(target -> target.state().equals("reachable"))
                .count();
        String reach = silent > 0
                ? silent + " of " + Words.count(targets().size(), "target") + (silent == 1 ? " does" : " do")
                        + " not answer"
                : answering == targets().size()
                        ? "All " + Words.count(answering, "target") + (answering == 1 ? " answers" : " answer")
                        : answering + " of " + Words.count(targets().size(), "target")
                                + " answer, the others cannot be checked";
        return reach + identity();
    }

    private String identity() {
        List<ProofRow> proofs = proofs();
        if (proofs.isEmpty()) {
            return ".";
        }
        if (proofs.stream().anyMatch(proof -> proof.state().equals("does-not-hold"))) {
            return ", and this is not " + environment.key() + ".";
        }
        return proofs.stream().allMatch(proof -> proof.state().equals("holds"))
                ? ", and it is " + environment.key() + "."
                : ", and nothing proves that this is " + environment.key() + ".";
    }

    /** How many targets answered at the last check. */
    public long answering() {
        return targets().stream()
                .filter(target -> target.state().equals("reachable"))
                .count();
    }

    public boolean allAnswer() {
        return answering() == targets().size();
    }
}
