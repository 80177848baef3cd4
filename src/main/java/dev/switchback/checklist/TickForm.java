package dev.switchback.checklist;

import jakarta.ws.rs.FormParam;

/** What a browser posts about one item. */
public class TickForm {

    @FormParam("done")
    String done;

    @FormParam("note")
    String note;

    @FormParam("evidence")
    String evidence;

    @FormParam("revision")
    Integer revision;

    @FormParam("last")
    Long last;

    /** Whether somebody said something about the item after the page of this form was shown. */
    boolean missed(ChecklistTick before) {
        return last != null && !last.equals(before.id());
    }

    /** Null when it says neither: guessing could take a tick away that nobody meant. */
    private Boolean isDone() {
        return "true".equals(done) || "false".equals(done) ? Boolean.valueOf(done) : null;
    }

    TickItem.Request request() {
        return new TickItem.Request(isDone(), note, evidence, revision);
    }
}
