package dev.switchback.readiness;

import dev.switchback.run.GateTable;
import dev.switchback.web.Words;

/** Enough people, not the one who asks and not the author, said yes to exactly this. */
final class Agreed implements Gate {

    @Override
    public String key() {
        return GateTable.APPROVALS;
    }

    @Override
    public String title(Facts facts) {
        int needed = facts.assent().needed();
        return "Approved by " + (needed == 1 ? "one person" : needed + " people") + ", not the requester or the author";
    }

    @Override
    public boolean concerns(Facts facts) {
        return facts.assent().needed() > 0;
    }

    /** How many it takes is in the facts; where it takes none, the gate means nothing. */
    @Override
    public boolean isDefaultFor(Facts.Place place) {
        return true;
    }

    @Override
    public Look look(Facts facts) {
        var assent = facts.assent();
        String expected = Words.count(assent.needed(), "approval") + " of revision "
                + facts.plan().revision();
        String page = "/migrations/" + facts.plan().migration() + "/approve"
                + assent.run().map(run -> "?run=" + run).orElse("");
        String who = assent.words().isEmpty() ? "" : ": " + String.join("; ", assent.words());
        String count = assent.given() + " of " + assent.needed() + who;
        if (assent.given() >= assent.needed()) {
            return Look.holds(count, expected).provenBy(page);
        }
        return assent.run().isPresent()
                ? Look.closed(
                                count + "; run " + assent.run().get() + " waits for them",
                                expected,
                                "Ask an approver to look")
                        .madeAt(page)
                : Look.closed(
                                "Nobody was asked yet",
                                expected,
                                "Ask for the run; approvers are asked then, and it starts with the last yes")
                        .madeAt("/migrations/" + facts.plan().migration() + "/start?environment="
                                + facts.place().key());
    }
}
