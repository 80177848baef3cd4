package dev.switchback.readiness;

import java.util.ArrayList;
import java.util.List;

/** Who answers for it, what should come out and how to get back stand in the revision. */
final class WrittenDown implements ProductionGate {

    @Override
    public String key() {
        return "written";
    }

    @Override
    public String title(Facts facts) {
        return "Owner, expected result and rollback note are written";
    }

    @Override
    public Look look(Facts facts) {
        var plan = facts.plan();
        List<String> missing = new ArrayList<>();
        if (plan.owner().isBlank()) {
            missing.add("the owner");
        }
        if (plan.expected().isBlank()) {
            missing.add("the expected result");
        }
        if (plan.rollbackNote().isBlank()) {
            missing.add("the rollback note");
        }
        String expected = "an owner, an expected result and a rollback note";
        return missing.isEmpty()
                ? Look.holds("Owner " + plan.owner(), expected)
                : Look.closed(
                                "Revision " + plan.revision() + " does not say " + String.join(", ", missing),
                                expected,
                                "Write it down")
                        .madeAt("/migrations/" + plan.migration() + "/edit");
    }
}
