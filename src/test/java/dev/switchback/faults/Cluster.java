package dev.switchback.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Two instances on one PostgreSQL. One for all stories of a test run: each story leaves it as it found it. */
final class Cluster {

    private static Cluster present;

    final Path folder;
    final Database database;
    final Instance a;
    final Instance b;
    private boolean keepsFolder;

    private Cluster(Path folder) {
        this.folder = folder;
        database = new Database(folder.resolve("database"));
        a = new Instance("a", folder, database);
        b = new Instance("b", folder, database);
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        both().forEach(Instance::launch);
        both().forEach(Instance::awaitReady);
    }

    static synchronized Cluster get() {
        if (present == null) {
            try {
                present = new Cluster(Files.createTempDirectory("switchback-faults"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return present;
    }

    List<Instance> both() {
        return List.of(a, b);
    }

    Instance besides(Instance one) {
        return one == a ? b : a;
    }

    /** Everything works again: both instances, both wires, the database. What a failed story left comes to its end. */
    void heal() {
        release();
        both().forEach(instance -> {
            instance.wire.speakAgain();
            if (instance.alive()) {
                instance.thaw();
            } else {
                instance.launch();
            }
        });
        both().forEach(Instance::awaitReady);
    }

    /**
     * Freezes an instance at a moment at which it holds nothing in the database, so that it disturbs nobody: what is
     * started now is driven by the other one.
     */
    void setAside(Instance instance) {
        for (int tries = 0; tries < 100; tries++) {
            instance.freeze();
            if (!holdsSomething(instance)) {
                return;
            }
            instance.thaw();
        }
        throw new IllegalStateException(instance.name + " always holds a transaction");
    }

    private boolean holdsSomething(Instance instance) {
        List<Integer> ports = instance.wire.seenFrom();
        return database
                .rows("SELECT client_port FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' OR"
                        + " (state = 'active' AND pid <> pg_backend_pid())")
                .stream()
                .anyMatch(row -> row.get(0) != null && ports.contains(Integer.valueOf(row.get(0))));
    }

    /** Whatever prints until it is told to end is told so. */
    private void release() {
        File[] scenes =
                Objects.requireNonNullElse(folder.resolve("scenes").toFile().listFiles(), new File[0]);
        Stream.of(scenes).map(File::toPath).forEach(Scene::release);
    }

    /** The folder is not deleted at the end. */
    void keepFolder() {
        keepsFolder = true;
    }

    private void end() {
        release();
        try {
            a.close();
            b.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            database.close();
            if (!keepsFolder) {
                delete();
            }
        }
    }

    private void delete() {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
