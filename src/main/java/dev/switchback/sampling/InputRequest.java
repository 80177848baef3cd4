package dev.switchback.sampling;

import dev.switchback.step.Action;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Target;
import dev.switchback.step.http.HttpRequestPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The request for one input, ready to be sent.
 *
 * @param input its place in the list of inputs; -1 when there is none
 * @param values the values of the input
 * @param plan what is asked
 * @param call the same, as bytes
 */
record InputRequest(int input, Map<String, String> values, HttpRequestPlan plan, HttpCall call) {

    /**
     * The requests of a metric, one for each input, filled in as http steps are.
     *
     * @throws CouldNotAskException when something is missing, or it might change something and does not say so
     */
    static List<InputRequest> all(MetricPlan metric, Place place) {
        var all = new ArrayList<InputRequest>();
        if (metric.inputs().isEmpty()) {
            all.add(of(metric, place, -1, Map.of()));
        }
        for (int i = 0; i < metric.inputs().size(); i++) {
            all.add(of(metric, place, i, metric.inputs().get(i)));
        }
        return all;
    }

    private static InputRequest of(MetricPlan metric, Place place, int input, Map<String, String> values) {
        var action = new Action(metric.asked());
        var context = place.with(values, new Cancellation());
        Target target = action.target(context, "http");
        HttpRequestPlan plan = HttpRequestPlan.of(action, target, context);
        if (!plan.isSafe() && !action.flag("mayWrite", false)) {
            throw new CouldNotAskException(
                    "a " + plan.method() + " may change something, and this one is sent " + metric.size() + " times",
                    "a GET, HEAD or OPTIONS; or mayWrite: true when it only touches test data");
        }
        return new InputRequest(input, values, plan, callOf(plan));
    }

    static HttpCall callOf(HttpRequestPlan plan) {
        return HttpCall.of(plan.method(), plan.address(), plan.headers(), plan.body(), true);
    }
}
