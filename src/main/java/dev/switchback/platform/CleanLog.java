package dev.switchback.platform;

import io.quarkus.logging.LoggingFilter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * What others wrote cannot forge a line of the log or speak to the terminal that shows it: a line that is not the first
 * of its message is indented, and control characters and those that turn the direction of writing are spelled out.
 */
@LoggingFilter(name = "clean")
public final class CleanLog implements Filter {

    private static final Formatter WORDS = new Formatter() {
        @Override
        public String format(LogRecord each) {
            return formatMessage(each);
        }
    };

    @Override
    public boolean isLoggable(LogRecord each) {
        String said = each instanceof ExtLogRecord ext ? ext.getFormattedMessage() : WORDS.format(each);
        String clean = clean(said == null ? "" : said);
        if (each.getThrown() != null) {
            clean = clean + "\n    " + clean(trace(each.getThrown()));
            each.setThrown(null);
        }
        if (!clean.equals(said)) {
            if (each instanceof ExtLogRecord ext) {
                ext.setMessage(clean, ExtLogRecord.FormatStyle.NO_FORMAT);
            } else {
                each.setMessage(clean);
                each.setParameters(null);
            }
        }
        return true;
    }

    private static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().strip();
    }

    /** The text as it may stand in a log or on a terminal. */
    public static String clean(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 127)) {
            return text;
        }
        var clean = new StringBuilder(text.length() + 16);
        text.replace("\r\n", "\n").codePoints().forEach(c -> {
            if (c == '\n') {
                clean.append("\n    ");
            } else if (c == '\t') {
                clean.append("    ");
            } else if (isDangerous(c)) {
                Character.toString(c).chars().forEach(unit -> clean.append(String.format("\\u%04x", unit)));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static boolean isDangerous(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
