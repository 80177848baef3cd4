package dev.switchback.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many runs at once to which anything happens at any time, against a model of a few lines ({@link RandomScene}). Each
 * failure names its seed; {@code -Dfaults.seed=N} begins with it again.
 */
@Tag("faults")
@Tag("short")
@ExtendWith(Traces.class)
@ParameterizedClass(name = "round {0}")
@MethodSource("dev.switchback.faults.FaultsTest#rounds")
class RandomLifeTest {

    private static final long SEED = Long.getLong("faults.seed", Instant.now().getEpochSecond());

    private final Cluster cluster = Cluster.get();

    @Parameter
    int round;

    @BeforeEach
    void heal() {
        cluster.heal();
    }

    @Test
    void whatever_happens_a_run_claims_only_what_is_true() {
        long first = SEED + 1000L * (round - 1);
        List<RandomScene> scenes = LongStream.range(first, first + 12)
                .mapToObj(seed -> new RandomScene(cluster, seed))
                .toList();
        var random = new SplittableRandom(first);
        scenes.forEach(scene -> scene.begin(random.nextBoolean() ? cluster.a : cluster.b));
        Waiting.until(Duration.ofSeconds(120), "all are over, seed " + first, () -> {
            scenes.stream().filter(scene -> !scene.isOver()).forEach(RandomScene::goesOn);
            return scenes.stream().allMatch(Scene::isOver);
        });
        scenes.forEach(scene -> scene.verifyAll(Scene.Trouble.BREAKS_OFF, cluster.b));
    }
}
