package dev.switchback.step;

import java.util.ArrayList;
import java.util.List;

/** A log that remembers its lines. */
public final class RecordedLog implements StepLog {

    private record Line(Stream stream, String text) {}

    private final List<Line> lines = new ArrayList<>();

    @Override
    public synchronized void line(Stream stream, String text) {
        lines.add(new Line(stream, text));
    }

    public synchronized List<String> of(Stream stream) {
        return lines.stream()
                .filter(line -> line.stream() == stream)
                .map(Line::text)
                .toList();
    }

    public List<String> out() {
        return of(Stream.OUT);
    }

    public List<String> err() {
        return of(Stream.ERR);
    }

    public String engine() {
        return String.join("\n", of(Stream.ENGINE));
    }

    public synchronized String all() {
        return lines.toString();
    }
}
