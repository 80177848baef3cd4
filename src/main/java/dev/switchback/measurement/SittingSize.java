package dev.switchback.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.sampling.Amount;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.step.Durations;
import dev.switchback.web.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much one sitting asks for, and about how long that takes when nothing has to be waited for.
 *
 * @param time of queries and commands only the number is known, so they count for nothing
 * @param requests how many are sent, the warm-up left out
 * @param numbers how many are asked for
 */
public record SittingSize(Duration time, int requests, int numbers) {

    /** Of metrics as they are declared, in full. */
    public static SittingSize full(List<? extends JsonNode> metrics) {
        return of(metrics, Amount.FULL);
    }

    /** Of the same, to have a look. */
    public static SittingSize quick(List<? extends JsonNode> metrics) {
        return of(metrics, Amount.QUICK);
    }

    private static SittingSize of(List<? extends JsonNode> metrics, Amount amount) {
        return of(metrics.stream().map(each -> MetricPlan.of(each, amount)).toList());
    }

    /** Of what is planned. */
    static SittingSize of(List<MetricPlan> plans) {
        var time = Duration.ZERO;
        int requests = 0;
        int numbers = 0;
        for (MetricPlan plan : plans) {
            time = time.plus(plan.expected());
            requests += plan.rate() > 0 ? plan.size() : 0;
            numbers += plan.rate() > 0 ? 0 : plan.size();
        }
        return new SittingSize(time, requests, numbers);
    }

    /** {@code about 3 min 20 s, 1,000 requests and 10 numbers}. */
    public String words() {
        var counted = new ArrayList<String>();
        if (requests > 0) {
            counted.add(Words.count(requests, "request"));
        }
        if (numbers > 0) {
            counted.add(Words.count(numbers, "number"));
        }
        String what = String.join(" and ", counted);
        String about =
                time.isZero() ? "" : "about " + Durations.words(Duration.ofSeconds(Math.max(1, time.toSeconds())));
        return about + (about.isEmpty() || what.isEmpty() ? "" : ", ") + what;
    }
}
