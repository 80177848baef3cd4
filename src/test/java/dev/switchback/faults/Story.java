package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One trouble that comes while one instance drives runs at every kind of moment: before the start, while a step prints,
 * during a wait, between steps, while a person is asked, and on the way back.
 */
final class Story {

    /** Within this time another instance must have taken over, with the default lease, which this suite leaves alone. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(15);

    /** And so much later what was under way must be settled: what is left of it is asked to end, and given its grace. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Cluster cluster = Cluster.get();
    private final Instance driver;
    private final Instance other;
    private final List<Scene> scenes = new ArrayList<>();

    private Story(Instance driver) {
        this.driver = driver;
        this.other = cluster.besides(driver);
        for (Means means : Means.values()) {
            scenes.add(new PrintingScene(cluster, means));
        }
        for (Means means : List.of(Means.IDEMPOTENT, Means.APPLIED, Means.NONE)) {
            scenes.add(new UndoScene(cluster, means));
        }
        scenes.add(new ChainScene(cluster));
        scenes.add(new WaitScene(cluster));
        scenes.add(new PersonScene(cluster));
    }

    /** Every run is driven by this instance, and stands at its moment. */
    static Story drivenBy(Instance driver) {
        var story = new Story(driver);
        story.cluster.setAside(story.other);
        try {
            story.start();
        } finally {
            story.other.thaw();
        }
        return story;
    }

    private void start() {
        // Those that pass their moment by themselves come last, when the others wait at theirs.
        List<Scene> lasting = scenes.stream().filter(scene -> !passing(scene)).toList();
        lasting.parallelStream().forEach(scene -> scene.begin(driver));
        awaitMoments(lasting);
        var startAt = new StartAtScene(cluster, Duration.ofSeconds(4));
        scenes.add(startAt);
        startAt.begin(driver);
        List<Scene> passing = scenes.stream().filter(Story::passing).toList();
        passing.forEach(scene -> scene.begin(driver));
        awaitMoments(passing);
        scenes.stream()
                .filter(scene -> scene != startAt)
                .forEach(scene ->
                        assertThat(scene.driver()).as("who drives %s", scene).isEqualTo(driver.name));
    }

    private static boolean passing(Scene scene) {
        return scene instanceof ChainScene || scene instanceof WaitScene;
    }

    private static void awaitMoments(List<Scene> scenes) {
        scenes.forEach(scene -> Waiting.until(Duration.ofSeconds(30), scene + " is at its moment", scene::atMoment));
    }

    Cluster cluster() {
        return cluster;
    }

    Instance driver() {
        return driver;
    }

    Instance other() {
        return other;
    }

    /** What was under way goes on: all is as if nothing had happened. */
    void isBorne(Consumer<Story> trouble) {
        trouble.accept(this);
        conclude(Scene.Trouble.BORNE);
    }

    /**
     * What was under way is broken off and settled by the other instance, in time after the trouble came.
     *
     * @param later what is done when all is settled
     */
    void isSettled(Consumer<Story> trouble, Consumer<Story> later) {
        var came = Instant.now();
        isSettled(
                story -> {
                    trouble.accept(story);
                    isTakenOver(came);
                },
                SETTLING,
                later);
    }

    /** Every run that was on its way has another driver in time, whatever comes of its step. */
    private void isTakenOver(Instant came) {
        List<Scene> driven = scenes.stream()
                .filter(scene -> !(scene instanceof PersonScene || scene instanceof StartAtScene))
                .toList();
        driven.forEach(scene -> Waiting.until(
                left(came, TAKE_OVER),
                scene + " is taken over within " + TAKE_OVER.toSeconds() + " s",
                () -> scene.driver().equals(other.name) || scene.isOver()));
        System.out.printf(
                "All runs of a silent instance are taken over after %d ms%n",
                Duration.between(came, Instant.now()).toMillis());
    }

    void isSettled(Consumer<Story> trouble, Duration within, Consumer<Story> later) {
        trouble.accept(this);
        Instant came = Instant.now();
        scenes.forEach(scene -> Waiting.until(
                left(came, within), scene + " is settled within " + within.toSeconds() + " s", scene::settledOrOver));
        later.accept(this);
        conclude(Scene.Trouble.BREAKS_OFF);
    }

    private static Duration left(Instant came, Duration within) {
        Duration left = within.minus(Duration.between(came, Instant.now()));
        return left.isNegative() ? Duration.ofMillis(200) : left;
    }

    /** What prints ends. */
    void release() {
        scenes.forEach(Scene::release);
    }

    private void conclude(Scene.Trouble trouble) {
        release();
        scenes.forEach(scene -> scene.finish(other));
        scenes.forEach(scene -> scene.verifyAll(trouble, other));
    }

    /** No process of any step is left, whoever started it. */
    boolean nothingWorks() {
        return scenes.stream().allMatch(scene -> scene.processes().isEmpty());
    }
}
