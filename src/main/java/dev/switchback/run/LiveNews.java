package dev.switchback.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** Looks what is new about a run since a place in its stream. Cheap when nothing is: one row is read. */
@ApplicationScoped
class LiveNews {

    /** So many lines travel in one message; the rest follows when they have been taken. */
    static final int LINES = 500;

    @Inject
    EntityManager entities;

    @Inject
    RunLog log;

    @Inject
    Drivers drivers;

    /**
     * What is new.
     *
     * @param place where the reader stands after it
     * @param changed whether something happened besides new lines
     * @param rows the new lines, at most {@link #LINES}
     * @param isOver whether nothing will follow any more
     */
    record News(LivePlace place, boolean changed, List<LogRow> rows, boolean isOver) {
        boolean isEmpty() {
            return !changed && rows.isEmpty() && !isOver;
        }
    }

    @ActivateRequestContext
    News since(long runId, LivePlace place) {
        Object[] now = entities.createQuery(
                        "select r.lastEventNo, r.lastLineNo, r.state from Run r where r.id = :id", Object[].class)
                .setParameter("id", runId)
                .getSingleResult();
        int event = (Integer) now[0];
        long line = (Long) now[1];
        List<LogLine> lines =
                line > place.line() ? log.after(RunLog.Part.whole(runId), place.line(), LINES) : List.of();
        long last = lines.isEmpty() ? place.line() : lines.get(lines.size() - 1).no();
        boolean over = RunState.of((String) now[2]).isFinal() && last >= line;
        return new News(new LivePlace(event, last), event > place.event(), LogRow.of(lines), over);
    }

    /** Which instance drives the run, in words; empty while it does not move. */
    @ActivateRequestContext
    Optional<String> driver(long runId) {
        return drivers.of(runId).map(Driver::words);
    }
}
