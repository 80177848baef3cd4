package dev.switchback.edit;

import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.RunbookShapes;
import java.util.List;

/** How the long page is divided. A list, and a group with a heading, stands on its own; other members share a grid. */
final class Sections {

    private Sections() {}

    /**
     * A section.
     *
     * @param id its anchor
     * @param title what it is about
     * @param note one line beside the title
     * @param members the members of the document that are typed there
     */
    record Plan(String id, String title, String note, List<String> members) {}

    private static final List<Plan> MIGRATION = List.of(
            new Plan(
                    "what",
                    "What and why",
                    "what a reviewer reads first",
                    List.of(
                            "title",
                            "key",
                            "service",
                            "owner",
                            "backup",
                            "difficulty",
                            "today",
                            "expected",
                            "assumptions",
                            "links",
                            "stack",
                            "tools",
                            "attributes")),
            new Plan(
                    "measure",
                    "Measure",
                    "declared in advance",
                    List.of("metrics", "probe", "settings", "plans", "realisticData")),
            new Plan("do", "Steps", "each with its way back", List.of("steps")),
            new Plan("back", "Roll back", "", List.of("rollbackNote", "rollbackFor", "rollbackWithin")),
            new Plan("check", "Checklist", "what a person ticks before production", List.of("checklist")),
            new Plan("rules", "Rules", "", List.of("onFailure", "approvals", "holds")));

    private static final List<Plan> ENVIRONMENT = List.of(
            new Plan("what", "What it is", "", List.of("name", "key", "tier", "owner", "editors", "variables")),
            new Plan("where", "Targets", "where steps act", List.of("targets")),
            new Plan("proof", "Proofs", "", List.of("identity", "load")),
            new Plan("when", "When", "all times with their zone", List.of("freezes", "windows")),
            new Plan("rules", "Gates", "only what differs from the tier", List.of("gates")));

    static List<Plan> of(ObjectShape document) {
        return document == RunbookShapes.ENVIRONMENT ? ENVIRONMENT : MIGRATION;
    }

    /** What is never typed: it travels with the form as it is. */
    static final List<String> CARRIED = List.of("needsReview");
}
