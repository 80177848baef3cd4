package dev.switchback.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.measurement.SittingSize;
import dev.switchback.web.Labels;
import dev.switchback.web.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much a run measures, as it is offered before the run: what that proves, and how long all of it takes.
 *
 * @param key as the API spells it: full, quick or none
 * @param title in a word or two
 * @param sitting how much one sitting is; empty when nothing is measured
 * @param proves what is known afterwards
 * @param whole how long a run takes with it, a sentence for each purpose that is offered
 */
public record MeasureChoice(String key, String title, String sitting, String proves, List<String> whole) {

    private static final int OF_REHEARSAL = 4;

    public MeasureChoice {
        whole = List.copyOf(whole);
    }

    /**
     * What is offered there.
     *
     * @param rehearsal whether a rehearsal is
     * @param live whether a live run is
     * @param hasBaseline whether a live run finds a baseline that is fresh enough, and measures only after the change
     * @param rehearsing how long the steps of a rehearsal take, there, back and there again; empty when not known
     * @param going how long the steps of a live run take
     */
    record Place(
            boolean rehearsal,
            boolean live,
            boolean hasBaseline,
            Optional<Duration> rehearsing,
            Optional<Duration> going) {}

    /** The three ways, the strongest first; none when the revision declares no metrics. */
    static List<MeasureChoice> of(List<JsonNode> metrics, Place place) {
        if (metrics.isEmpty()) {
            return List.of();
        }
        SittingSize full = SittingSize.full(metrics);
        SittingSize quick = SittingSize.quick(metrics);
        return List.of(
                new MeasureChoice(
                        "full",
                        "In full",
                        full.words() + " a sitting",
                        place.rehearsal()
                                ? "Shows whether it got better or worse, and whether that goes and comes with the"
                                        + " change"
                                : "Shows whether it got better or worse",
                        whole(place, full.time())),
                new MeasureChoice(
                        "quick",
                        "Quick",
                        quick.words() + " a sitting",
                        "Shows that measuring works, and what is very different; never a proof, whatever it says",
                        whole(place, quick.time())),
                new MeasureChoice(
                        "none",
                        "Not at all",
                        "",
                        "Shows that the steps work; nobody will know whether it got better or worse",
                        whole(place, null)));
    }

    private static List<String> whole(Place place, Duration sitting) {
        var whole = new ArrayList<String>();
        if (place.rehearsal()) {
            whole.add(sentence("Rehearsal", OF_REHEARSAL, "", sitting, place.rehearsing()));
        }
        if (place.live()) {
            whole.add(sentence(
                    "Live run",
                    place.hasBaseline() ? 1 : 2,
                    place.hasBaseline() ? " (the baseline is fresh)" : "",
                    sitting,
                    place.going()));
        }
        return whole;
    }

    /** {@code Rehearsal: 4 sittings, about 13 min 40 s with the steps}. */
    private static String sentence(String run, int sittings, String why, Duration sitting, Optional<Duration> steps) {
        Duration measuring = sitting == null ? Duration.ZERO : sitting.multipliedBy(sittings);
        String all = steps.map(known -> "about " + Labels.roughly(measuring.plus(known)) + " with the steps")
                .orElse((measuring.isZero() ? "" : "about " + Labels.roughly(measuring) + " and ")
                        + "the steps, whose time is not known yet");
        return run + ": " + (sitting == null ? "" : Words.count(sittings, "sitting") + why + ", ") + all;
    }
}
