package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.sampling.LoadNow;
import dev.switchback.sampling.Place;
import dev.switchback.secret.MissingSecretException;
import dev.switchback.secret.TrackingSecrets;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.StepExecutors;

/**
 * What an environment says that the service has to do besides what is measured: looked at before a sitting and after it.
 * What cannot be asked is noted and keeps nothing from being measured. Used by one thread.
 */
final class BackgroundLoad {

    private final EnvironmentContent environment;
    private final StepExecutors executors;
    private final Place place;
    private final TrackingSecrets used;
    private final ObjectNode known = JsonNodeFactory.instance.objectNode();
    private final ArrayNode all = known.putArray("load");

    BackgroundLoad(EnvironmentContent environment, StepExecutors executors, Place place, TrackingSecrets used) {
        this.environment = environment;
        this.executors = executors;
        this.place = place;
        this.used = used;
        environment
                .load()
                .forEach(load -> all.addObject()
                        .put("name", load.path("name").asText())
                        .put("share", load.path("share").asBoolean()));
    }

    /** @param moment before or after: the member under which the numbers are kept */
    void look(String moment, Cancellation brake) {
        for (int i = 0; i < all.size() && !brake.isCancelled(); i++) {
            look((ObjectNode) all.get(i), environment.load().get(i), moment, brake);
        }
    }

    private void look(ObjectNode kept, JsonNode load, String moment, Cancellation brake) {
        try {
            kept.put(moment, LoadNow.read(load, executors, place, brake));
        } catch (CouldNotAskException | MissingSecretException cannot) {
            kept.put("trouble", used.masker().mask(cannot.getMessage()));
        }
    }

    /** {@code {load: [{name, share, before, after, trouble}]}}; a number that could not be had is missing. */
    ObjectNode known() {
        return known;
    }
}
