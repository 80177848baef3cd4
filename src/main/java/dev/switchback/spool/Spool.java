package dev.switchback.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of lines that wait for the database: one file for each attempt, all together no larger than a bound. Safe
 * for use by several threads and by one process at a time.
 */
public final class Spool {

    private final Path folder;
    private final long atMost;
    private final Set<Path> inUse = ConcurrentHashMap.newKeySet();
    private long used;

    /**
     * @param folder made when it is needed, for its owner only
     * @param atMost how many bytes may wait
     */
    public Spool(Path folder, long atMost) {
        this.folder = folder;
        this.atMost = atMost;
        this.used = files().stream().mapToLong(Spool::size).sum();
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException gone) {
            return 0;
        }
    }

    /**
     * A file for the batches of an attempt.
     *
     * @param like whose they are; its own lines are not written, and its part is used by no other batch
     */
    public SpoolFile create(Batch like) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            Path path = folder.resolve(like.runId() + "-" + like.part() + ".lines");
            inUse.add(path);
            return SpoolFile.create(this, path, like);
        } catch (IOException e) {
            throw new UncheckedIOException("lines cannot be kept in " + folder, e);
        }
    }

    /** The files that nobody is writing or sending, oldest first; whoever gets one closes or deletes it. */
    public List<SpoolFile> left() {
        var found = new ArrayList<SpoolFile>();
        for (Path path : files()) {
            if (inUse.add(path)) {
                open(path, found);
            }
        }
        return found;
    }

    private void open(Path path, List<SpoolFile> found) {
        try {
            SpoolFile.open(this, path).ifPresentOrElse(found::add, () -> discard(path));
        } catch (IOException e) {
            letGo(path);
            throw new UncheckedIOException("the lines in " + path + " cannot be read", e);
        }
    }

    private void discard(Path path) {
        release(size(path));
        path.toFile().delete();
        letGo(path);
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().endsWith(".lines"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void letGo(Path path) {
        inUse.remove(path);
    }

    synchronized boolean reserve(long bytes) {
        if (used + bytes > atMost) {
            return false;
        }
        used += bytes;
        return true;
    }

    synchronized void release(long bytes) {
        used = Math.max(0, used - bytes);
    }

    /** How many bytes wait now. */
    public synchronized long used() {
        return used;
    }
}
