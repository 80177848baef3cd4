package dev.switchback.readiness;

import dev.switchback.web.Words;
import java.util.List;

/** What the way back needs is there. Targets are asked when it starts; before that nobody asks them. */
final class NeedsThere implements ProductionGate {

    @Override
    public String key() {
        return "needs";
    }

    @Override
    public String title(Facts facts) {
        return "What the way back needs is there";
    }

    @Override
    public boolean concerns(Facts facts) {
        return facts.needs().declared() > 0;
    }

    @Override
    public Look look(Facts facts) {
        String count = Words.count(facts.needs().declared(), "condition");
        String expected = count + " of the undo steps hold" + (facts.needs().declared() == 1 ? "s" : "");
        return facts.needs()
                .against()
                .map(against -> against.isEmpty()
                        ? Look.holds(asked(facts, count), expected)
                        : Look.closed(String.join("; ", against), expected, "Make it true, then ask again"))
                .orElseGet(() -> Look.holds(count + ", asked when it starts", expected));
    }

    /** What a step makes before its own undo needs it is told, and blocks nobody. */
    private static String asked(Facts facts, String count) {
        List<String> later = facts.needs().later();
        return later.isEmpty()
                ? "Asked now: " + count + (facts.needs().declared() == 1 ? " holds" : " hold")
                : "Asked now: " + (facts.needs().declared() - later.size()) + " of " + count
                        + "; a step may still make the rest: " + String.join("; ", later);
    }
}
