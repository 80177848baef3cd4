package dev.switchback.readiness;

import dev.switchback.environment.Window;
import dev.switchback.run.Purpose;
import dev.switchback.web.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The start lies in a maintenance window of the place, if it has any. */
final class InWindow implements Gate {

    @Override
    public String key() {
        return "window";
    }

    @Override
    public String title(Facts facts) {
        return "The start is in a maintenance window";
    }

    @Override
    public boolean concerns(Facts facts) {
        return !facts.place().content().windows().isEmpty();
    }

    /** Who declares windows means them, in production. */
    @Override
    public boolean isDefaultFor(Facts.Place place) {
        return place.content().tier().isProduction() && place.purpose() == Purpose.LIVE;
    }

    @Override
    public Look look(Facts facts) {
        Instant start = facts.when().start();
        List<Window> windows = facts.place().content().windows();
        String expected =
                String.join(" or ", windows.stream().map(Window::words).toList());
        Optional<Window> open =
                windows.stream().filter(window -> window.holdsAt(start)).findFirst();
        if (open.isPresent()) {
            return Look.holds(
                    open.get()
                            .closesAfter(start)
                            .map(closes -> "It closes " + Labels.full(closes))
                            .orElse("It is open"),
                    expected);
        }
        String next = facts.place()
                .content()
                .nextOpening(start)
                .map(opens -> "; the next one opens " + Labels.full(opens))
                .orElse("");
        return Look.closed(Labels.full(start) + " is outside" + next, expected, "Plan the start inside a window")
                .madeAt("/migrations/" + facts.plan().migration() + "/start?environment="
                        + facts.place().key());
    }
}
