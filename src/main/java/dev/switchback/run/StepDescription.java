package dev.switchback.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.runbook.OnFailure;
import dev.switchback.runbook.Runbook;
import dev.switchback.runbook.RunbookStep;
import dev.switchback.runbook.RunbookUndo;
import dev.switchback.step.Durations;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import dev.switchback.web.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A step in words: what it does, what is expected, what happens if it fails, how it is undone. Immutable.
 *
 * @param does one line, or several for a script
 * @param isCode whether {@code does} is to be shown as code
 * @param where the target, empty when there is none
 * @param expect what a success looks like
 * @param ifFails what a run does then
 * @param undoneBy how it is undone, or why not
 */
public record StepDescription(
        String does, boolean isCode, String where, String expect, String ifFails, String undoneBy) {

    /** Writes these sentences for one runbook. */
    public record Writer(StepExecutors executors, Runbook runbook) {

        /** The step on its way there. */
        public StepDescription of(RunbookStep step) {
            return new StepDescription(
                    does(step.kind(), step.action()),
                    isCode(step.kind()),
                    where(step.kind(), step.action()),
                    expectation(step.kind(), step.action()),
                    ifFails(step.idempotent(), step.retries(), step.timeout(), false),
                    undoneBy(step));
        }

        /** Its undo. */
        public StepDescription ofUndo(RunbookUndo undo) {
            return new StepDescription(
                    does(undo.kind(), undo.action()),
                    isCode(undo.kind()),
                    where(undo.kind(), undo.action()),
                    expectation(undo.kind(), undo.action()),
                    ifFails(undo.idempotent(), undo.retries(), undo.timeout(), true),
                    "");
        }

        /** What this action does, in one line; never contains a secret. */
        public String line(StepKind kind, JsonNode action) {
            if (kind == StepKind.MEASURE) {
                return "measure " + names(action);
            }
            return executors
                    .forKind(kind)
                    .map(executor -> executor.describe(action))
                    .orElseGet(() -> kind.word() + " " + action.path("target").asText());
        }

        private static String names(JsonNode action) {
            var names = new StringJoiner(", ");
            action.path("metrics").forEach(name -> names.add(name.asText()));
            return names.toString();
        }

        /** How a condition would be asked by hand; what it has to answer is not part of it. */
        public String condition(JsonNode condition) {
            return condition.properties().stream()
                    .filter(member -> StepKind.of(member.getKey()).isPresent())
                    .findFirst()
                    .map(member -> line(StepKind.of(member.getKey()).orElseThrow(), member.getValue()))
                    .orElse("");
        }

        private String does(StepKind kind, JsonNode action) {
            return switch (kind) {
                case SHELL, SSH ->
                    action.path(action.has("script") ? "script" : "command")
                            .asText()
                            .strip();
                case SQL ->
                    action.has("statements")
                            ? statements(action)
                            : action.path("query").asText();
                case MANUAL -> action.path("instructions").asText();
                case HTTP, REDIS, KUBERNETES, WAIT, CHECK, MEASURE, PROMETHEUS -> line(kind, action);
            };
        }

        private static String statements(JsonNode action) {
            var all = new StringJoiner(";\n", "", ";");
            action.path("statements")
                    .forEach(statement -> all.add(statement.asText().strip()));
            return all.toString();
        }

        private static boolean isCode(StepKind kind) {
            return kind != StepKind.MANUAL && kind != StepKind.WAIT && kind != StepKind.MEASURE;
        }

        private static String where(StepKind kind, JsonNode action) {
            JsonNode at = action;
            if (kind == StepKind.CHECK) {
                at = action.properties().stream()
                        .map(java.util.Map.Entry::getValue)
                        .filter(value -> value.has("target"))
                        .findFirst()
                        .orElse(action);
            }
            return at.path("target").asText("");
        }

        private static String expectation(StepKind kind, JsonNode action) {
            return switch (kind) {
                case SHELL, SSH ->
                    "exit status " + text(action, "expectExit", "0")
                            + (action.has("expectOutput")
                                    ? ", and “" + action.path("expectOutput").asText() + "” in the output"
                                    : "");
                case HTTP ->
                    "status " + text(action, "expectStatus", "200 to 299")
                            + (action.has("expectJson") ? ", with " + action.path("expectJson") : "");
                case SQL ->
                    "no error"
                            + (action.has("atMost")
                                    ? ", at most "
                                            + Words.count(action.path("atMost").asLong(), "row") + " touched"
                                    : "");
                case CHECK -> checked(action);
                case MANUAL ->
                    "a person says that it went as expected"
                            + (action.path("evidence").asBoolean(false) ? ", and what they saw" : "");
                case WAIT -> "nothing happens meanwhile that stops the run";
                case MEASURE -> "a measurement that is taken to its end";
                case REDIS, KUBERNETES, PROMETHEUS -> "no error";
            };
        }

        private static String checked(JsonNode action) {
            String value = action.has("is")
                    ? action.path("is").asText()
                    : action.findPath("expectJson").isMissingNode()
                            ? "a yes"
                            : action.findPath("expectJson").toString();
            return value
                    + (action.has("within")
                            ? ", within " + words(action.path("within").asText())
                            : "");
        }

        private static String words(String duration) {
            return Durations.words(Durations.parse(duration));
        }

        private static String text(JsonNode action, String member, String otherwise) {
            JsonNode value = action.path(member);
            return value.isMissingNode() ? otherwise : value.isTextual() ? value.asText() : value.toString();
        }

        private String ifFails(boolean idempotent, int retries, Optional<Duration> timeout, boolean undo) {
            var parts = new ArrayList<String>();
            timeout.ifPresent(time -> parts.add("Ended after " + Durations.words(time) + "."));
            if (retries > 0) {
                parts.add("Tried again by itself " + (retries == 1 ? "once." : retries + " times."));
            }
            boolean back = runbook.onFailure() == OnFailure.ROLLBACK && !undo;
            parts.add(back ? "The run rolls back by itself." : "Stops here and asks you.");
            parts.add(idempotent ? "Safe to repeat." : "Never repeated without a person.");
            return String.join(" ", parts);
        }

        private String undoneBy(RunbookStep step) {
            return step.rollback()
                    .map(undo -> line(undo.kind(), undo.action()))
                    .or(() -> step.irreversible().map(why -> "cannot be undone: " + why))
                    .or(() -> step.noRollback().map(why -> "needs no undo: " + why))
                    .orElse(step.changes() ? "nothing: no undo is written" : "needs no undo, it changes nothing");
        }
    }
}
