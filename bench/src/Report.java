import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a bench says: printed, and with {@code --write} put into docs/performance.md between the marks of its name. */
final class Report {

    private static final Path DOCUMENT = Path.of("docs/performance.md");

    private final StringBuilder text = new StringBuilder();

    Report line(String pattern, Object... values) {
        text.append(String.format(Locale.ROOT, pattern, values)).append('\n');
        return this;
    }

    void show(String name, Options options) throws IOException {
        String report = "Measured on " + LocalDate.now(ZoneOffset.UTC) + ": " + machine() + "\n\n" + text;
        System.out.println(report);
        if (!options.has("--write")) {
            return;
        }
        Matcher marks = Pattern.compile("(?s)(<!-- figures " + name + " -->\n).*?(<!-- /figures -->)")
                .matcher(Files.readString(DOCUMENT));
        if (!marks.find()) {
            throw new IllegalStateException(DOCUMENT + " has no place for the figures of " + name);
        }
        Files.writeString(DOCUMENT, marks.replaceFirst("$1" + Matcher.quoteReplacement(report) + "$2"));
    }

    private static String machine() throws IOException {
        String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown processor");
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[2];
        return Runtime.getRuntime().availableProcessors() + " cores of " + cpu + ", Java "
                + System.getProperty("java.version") + ", embedded PostgreSQL; client, server and database share the"
                + " machine. Load average of the last 15 minutes at the end: " + load
                + " (the measuring itself makes about 2).";
    }
}
