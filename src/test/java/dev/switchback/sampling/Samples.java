package dev.switchback.sampling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.switchback.step.Cancellation;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes samples in a test and remembers what was told. */
final class Samples implements Progress {

    final List<Taken> all = new ArrayList<>();
    final Map<String, List<Taken>> byMetric = new HashMap<>();
    final List<Phase> phases = new ArrayList<>();
    final Cancellation brake = new Cancellation();
    private final List<StepExecutor> executors = new ArrayList<>();
    private final Map<String, Target> targets = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private Companion.Opening opening = Companion.POSTGRES;
    private Runnable onPhase = () -> {};

    static MetricPlan plan(String yaml) {
        return MetricPlan.of(json(yaml), Amount.FULL);
    }

    static JsonNode json(String yaml) {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(yaml);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    static Target target(String name, String kind, String url) {
        return new Target(name, kind, json("{kind: " + kind + ", url: \"" + url + "\"}"));
    }

    static Samples at(Target... targets) {
        var samples = new Samples();
        samples.targets.putAll(Arrays.stream(targets).collect(Collectors.toMap(Target::name, each -> each)));
        return samples;
    }

    Samples with(StepExecutor executor) {
        executors.add(executor);
        return this;
    }

    Samples variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    Samples counting(Companion.Opening source) {
        opening = source;
        return this;
    }

    Samples atEachPhase(Runnable what) {
        onPhase = what;
        return this;
    }

    Sitting take(String yaml) {
        return take(plan(yaml)).get(0);
    }

    List<Sitting> take(MetricPlan... plans) {
        var place = new Place(
                targets, variables, name -> name.equals("KEY") ? Optional.of("k3y-value") : Optional.empty(), "mark");
        return new TakeSamples(new StepExecutors(executors), new byte[] {7}, opening)
                .take(List.of(plans), place, 42, brake, this);
    }

    List<Taken> kept() {
        return all.stream().filter(each -> !each.warmUp()).toList();
    }

    @Override
    public void metric(MetricPlan plan, int block, int ofBlocks, Phase phase, Duration left) {
        if (phases.isEmpty() || phases.get(phases.size() - 1) != phase) {
            phases.add(phase);
        }
        onPhase.run();
    }

    @Override
    public void taken(MetricPlan plan, List<Taken> batch) {
        all.addAll(batch);
        byMetric.computeIfAbsent(plan.name(), any -> new ArrayList<>()).addAll(batch);
    }
}
