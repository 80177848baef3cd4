package dev.switchback.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The batches of one attempt that wait on disk, oldest first. What was written survives a killed process, though not a
 * power failure; a record that was cut by either is left out. Taking a batch out moves a mark in memory only: a process
 * that reads the file again after a kill gets all of it, and sends what was stored already once more, which changes
 * nothing. One thread at a time.
 */
public final class SpoolFile implements Closeable {

    private static final long MAGIC = 0x5357_4253_504f_4f31L;
    private static final int RECORD_HEAD = 4 + 4 + 8 + 8;
    private static final int LARGEST = 64 * 1024 * 1024;

    private final Spool spool;
    private final Path path;
    private final RandomAccessFile file;
    private final Batch like;
    private final long firstRecord;
    private long next;
    private long end;

    private SpoolFile(Spool spool, Path path, RandomAccessFile file, Batch like, long end) throws IOException {
        this.spool = spool;
        this.path = path;
        this.file = file;
        this.like = like;
        this.firstRecord = file.getFilePointer();
        this.next = firstRecord;
        this.end = Math.max(end, firstRecord);
    }

    /** A new file for the batches of one attempt under one lease. */
    static SpoolFile create(Spool spool, Path path, Batch like) throws IOException {
        var file = new RandomAccessFile(path.toFile(), "rw");
        file.writeLong(MAGIC);
        file.writeLong(like.runId());
        file.writeLong(like.fence());
        file.writeInt(like.legNo());
        file.writeInt(like.attempt());
        file.writeLong(like.part());
        file.writeUTF(like.stepId());
        return new SpoolFile(spool, path, file, like, 0);
    }

    /** What a process before this one left; empty when not even its head is whole. */
    static Optional<SpoolFile> open(Spool spool, Path path) throws IOException {
        var file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (file.readLong() != MAGIC) {
                file.close();
                return Optional.empty();
            }
            long runId = file.readLong();
            long fence = file.readLong();
            int legNo = file.readInt();
            int attempt = file.readInt();
            long part = file.readLong();
            var like = new Batch(runId, fence, legNo, file.readUTF(), attempt, part, 0, new byte[0]);
            return Optional.of(new SpoolFile(spool, path, file, like, file.length()));
        } catch (java.io.EOFException cut) {
            file.close();
            return Optional.empty();
        }
    }

    /**
     * Which attempt and lease the batches belong to, with no lines. Its part is free: it names what has to be said about
     * the whole file.
     */
    public Batch like() {
        return like;
    }

    /** Puts a batch behind the others; false when the spool has no room for it, and nothing was written then. */
    public boolean add(Batch batch) {
        long size = RECORD_HEAD + (long) batch.bytes().length;
        if (!spool.reserve(size)) {
            return false;
        }
        try {
            file.seek(end);
            file.write(record(batch));
            end += size;
            return true;
        } catch (IOException e) {
            spool.release(size);
            throw new UncheckedIOException("lines could not be written to " + path, e);
        }
    }

    private static byte[] record(Batch batch) {
        var record = java.nio.ByteBuffer.allocate(RECORD_HEAD + batch.bytes().length);
        record.putInt(batch.bytes().length).putInt(batch.lines()).putLong(batch.part());
        record.putLong(check(batch.bytes())).put(batch.bytes());
        return record.array();
    }

    private static long check(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    public boolean isEmpty() {
        return next >= end;
    }

    /** The oldest batch; empty when there is none, or when what follows was cut. */
    public Optional<Batch> peek() {
        try {
            if (end - next < RECORD_HEAD) {
                return cut();
            }
            file.seek(next);
            int length = file.readInt();
            int lines = file.readInt();
            long part = file.readLong();
            long check = file.readLong();
            if (length <= 0 || length > LARGEST || end - next - RECORD_HEAD < length) {
                return cut();
            }
            byte[] bytes = new byte[length];
            file.readFully(bytes);
            return check(bytes) == check
                    ? Optional.of(new Batch(
                            like.runId(),
                            like.fence(),
                            like.legNo(),
                            like.stepId(),
                            like.attempt(),
                            part,
                            lines,
                            bytes))
                    : cut();
        } catch (IOException e) {
            throw new UncheckedIOException("lines could not be read from " + path, e);
        }
    }

    private Optional<Batch> cut() {
        next = end;
        return Optional.empty();
    }

    /** The oldest batch is stored. */
    public void remove(Batch oldest) {
        next += RECORD_HEAD + oldest.bytes().length;
    }

    /** Leaves the file where it is, for later. */
    @Override
    public void close() {
        spool.letGo(path);
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything in it is stored. */
    public void delete() {
        try {
            file.close();
            Files.deleteIfExists(path);
            spool.release(end - firstRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " could not be removed", e);
        } finally {
            spool.letGo(path);
        }
    }
}
