package dev.switchback.run;

import dev.switchback.step.StepLog.Stream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines in one row: for each {@code <milliseconds since 1970> <o|e|s><text>\n}. A line has no line end of its own, so
 * the form needs no escaping.
 */
final class LogChunk {

    private LogChunk() {}

    /** Collects lines for one row. Not safe for use by several threads. */
    static final class Builder {
        private static final int HEAD_AT_MOST = 24;

        private byte[] bytes = new byte[8192];
        private int size;
        private int lines;
        private long stampedAt = -1;
        private byte[] stamp;

        void add(long atMillis, Stream stream, String text) {
            byte[] line = oneLine(text).getBytes(StandardCharsets.UTF_8);
            makeRoomFor(line.length + HEAD_AT_MOST);
            append(stamp(atMillis));
            bytes[size++] = ' ';
            bytes[size++] = (byte) letter(stream);
            append(line);
            bytes[size++] = '\n';
            lines++;
        }

        /** Many lines are read in the same millisecond. */
        private byte[] stamp(long atMillis) {
            if (atMillis != stampedAt) {
                stampedAt = atMillis;
                stamp = Long.toString(atMillis).getBytes(StandardCharsets.US_ASCII);
            }
            return stamp;
        }

        private void makeRoomFor(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
            }
        }

        private void append(byte[] more) {
            System.arraycopy(more, 0, bytes, size, more.length);
            size += more.length;
        }

        int lines() {
            return lines;
        }

        int size() {
            return size;
        }

        byte[] toBytes() {
            return Arrays.copyOf(bytes, size);
        }
    }

    private static String oneLine(String text) {
        return text.indexOf('\n') < 0 ? text : text.replace('\n', ' ');
    }

    private static char letter(Stream stream) {
        return switch (stream) {
            case OUT -> 'o';
            case ERR -> 'e';
            case ENGINE -> 's';
        };
    }

    private static Stream stream(byte letter) {
        return switch (letter) {
            case 'o' -> Stream.OUT;
            case 'e' -> Stream.ERR;
            default -> Stream.ENGINE;
        };
    }

    /** The lines of a row. */
    static List<LogLine> read(long firstNo, int legNo, String stepId, int attempt, byte[] bytes) {
        var lines = new ArrayList<LogLine>();
        long no = firstNo;
        int from = 0;
        while (from < bytes.length) {
            int space = indexOf(bytes, (byte) ' ', from);
            int end = indexOf(bytes, (byte) '\n', space);
            long at = Long.parseLong(new String(bytes, from, space - from, StandardCharsets.US_ASCII));
            String text = new String(bytes, space + 2, end - space - 2, StandardCharsets.UTF_8);
            lines.add(new LogLine(
                    no++, Instant.ofEpochMilli(at), stream(bytes[space + 1]), legNo, stepId, attempt, text));
            from = end + 1;
        }
        return lines;
    }

    private static int indexOf(byte[] bytes, byte wanted, int from) {
        int at = from;
        while (bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
