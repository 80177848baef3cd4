package dev.switchback.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.comparison.JudgeInput.Part;
import dev.switchback.measurement.SampleBlob;
import dev.switchback.measurement.StoredSample;
import dev.switchback.platform.CleanLog;
import dev.switchback.platform.Json;
import dev.switchback.platform.Tool;
import dev.switchback.verdict.Judge;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The judge on the command line: {@code ./switchback judge bundle.zip} prints what he says of the samples in the bundle.
 * Needs no database, no server and no network.
 *
 * <p>Exit status: 0 he says what the bundle says he said; 1 he says something else, or a part of the samples is not what
 * was judged; 2 the file cannot be read.
 */
public final class JudgeBundle implements Tool {

    private static final int DIFFERENT = 1;
    private static final int UNREADABLE = 2;

    /** The samples are not those that the input names. */
    private static final class NotTheSamples extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotTheSamples(String message) {
            super(message);
        }
    }

    @Override
    public String name() {
        return "judge";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() != 1) {
            err.println("switchback: judge needs one file; expected ./switchback judge bundle.zip");
            return UNREADABLE;
        }
        try (var bundle = new ZipFile(Path.of(arguments.get(0)).toFile())) {
            return judge(bundle, out, err);
        } catch (NotTheSamples e) {
            err.println("switchback: " + e.getMessage());
            return DIFFERENT;
        } catch (IOException | RuntimeException e) {
            err.println("switchback: " + arguments.get(0) + " cannot be judged (" + e.getMessage()
                    + "); expected a bundle.zip that a comparison exported.");
            return UNREADABLE;
        }
    }

    private static int judge(ZipFile bundle, PrintStream out, PrintStream err) throws IOException {
        var input = new JudgeInput(object(text(bundle, Bundle.INPUT)));
        String said = VerdictJson.text(VerdictView.of(
                Judge.of(input.method()).judge(input.comparison(part -> samples(bundle, part))), input));
        out.write(shown(said).getBytes(StandardCharsets.UTF_8));
        out.flush();
        if (!said.equals(text(bundle, Bundle.RESULT))) {
            err.println("switchback: this is not what " + Bundle.RESULT + " in the bundle says.");
            return DIFFERENT;
        }
        err.println("The same as " + Bundle.RESULT + " in the bundle, by " + input.method() + ".");
        return 0;
    }

    /** The same JSON: what a terminal would obey is spelled out, as JSON lets one. */
    private static String shown(String json) {
        return json.lines().map(CleanLog::clean).collect(Collectors.joining("\n", "", "\n"));
    }

    private static ObjectNode object(String text) throws IOException {
        try {
            return (ObjectNode) Json.parse(text);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new IOException(Bundle.INPUT + " is not the JSON that was expected", e);
        }
    }

    private static String text(ZipFile bundle, String name) throws IOException {
        return new String(bytes(bundle, name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ZipFile bundle, String name) throws IOException {
        ZipEntry entry = bundle.getEntry(name);
        if (entry == null) {
            throw new IOException("there is no " + name + " in it");
        }
        try (var stream = bundle.getInputStream(entry)) {
            return stream.readAllBytes();
        }
    }

    private static List<StoredSample> samples(ZipFile bundle, Part part) {
        byte[] bytes;
        try {
            bytes = bytes(bundle, Bundle.file(part));
        } catch (IOException e) {
            throw new NotTheSamples("The samples " + part.sha256().substring(0, 12)
                    + "… are not in the bundle: they were removed when their time was over. What was said then stands"
                    + " in " + Bundle.RESULT + ".");
        }
        if (!JudgeInput.sha256(bytes).equals(part.sha256())) {
            throw new NotTheSamples(Bundle.file(part) + " was changed: its hash is not the one that was judged.");
        }
        return SampleBlob.read(part.schema(), bytes);
    }
}
