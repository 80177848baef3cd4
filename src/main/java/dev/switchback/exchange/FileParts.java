package dev.switchback.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file into its documents at the lines that begin with {@code ---} or {@code ...}. In YAML such a line ends a
 * document wherever it stands, so that a mistake in one document does not hide the next.
 */
final class FileParts {

    /**
     * One document.
     *
     * @param line the line of the file on which the text begins, from 1
     * @param text the text between two markers
     * @param heading comments that stand before its first marker
     */
    record Part(int line, String text, String heading) {

        String source() {
            return heading + text;
        }
    }

    private final String file;
    private final List<Part> parts = new ArrayList<>();
    private String heading = "";

    private FileParts(String file) {
        this.file = file;
    }

    /** The documents in the order of the file, without those that contain nothing but comments. */
    static List<Part> of(String file) {
        FileParts cutting = new FileParts(file);
        cutting.cut();
        return cutting.parts;
    }

    private void cut() {
        int begin = 0;
        int beginLine = 1;
        int line = 1;
        for (int start = 0; start < file.length(); line++) {
            int next = nextLine(start);
            if (isMarker(start)) {
                add(beginLine, file.substring(begin, start));
                boolean alone = file.substring(start + 3, next).isBlank();
                begin = alone ? next : start + 3;
                beginLine = alone ? line + 1 : line;
            }
            start = next;
        }
        add(beginLine, file.substring(begin));
    }

    private void add(int line, String text) {
        if (saysNothing(text)) {
            heading = text.isBlank() ? heading : heading + text.stripLeading();
            return;
        }
        parts.add(new Part(line, text, heading));
        heading = "";
    }

    /** Whether there are only blank lines, comments and the directive that names the version of YAML. */
    private static boolean saysNothing(String text) {
        return text.lines()
                .allMatch(line -> line.isBlank()
                        || line.stripLeading().startsWith("#")
                        || line.strip().matches("%YAML 1\\.[0-2]"));
    }

    private int nextLine(int start) {
        int end = start;
        while (end < file.length() && file.charAt(end) != '\n' && file.charAt(end) != '\r') {
            end++;
        }
        return Math.min(file.length(), file.startsWith("\r\n", end) ? end + 2 : end + 1);
    }

    private boolean isMarker(int start) {
        boolean marked = file.startsWith("---", start) || file.startsWith("...", start);
        return marked && (start + 3 == file.length() || Character.isWhitespace(file.charAt(start + 3)));
    }
}
