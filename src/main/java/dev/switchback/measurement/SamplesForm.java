package dev.switchback.measurement;

import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** What a browser posts to keep samples that another tool took: a file, or its text. */
public class SamplesForm {

    @RestForm
    String environment;

    @RestForm
    String moment;

    @RestForm
    String metric;

    @RestForm
    String format;

    @RestForm
    String text;

    @RestForm("file")
    FileUpload file;

    public String environment() {
        return environment == null ? "" : environment;
    }

    /** Before, unless something else was chosen, as where it is measured. */
    public String moment() {
        return moment == null ? "before" : moment;
    }

    public String metric() {
        return metric == null ? "" : metric;
    }

    /** {@code table}, {@code lines}, or {@code guess} unless chosen. */
    public String format() {
        return format == null || !List.of("table", "lines").contains(format) ? "guess" : format;
    }

    private boolean isUploaded() {
        return file != null && file.size() > 0;
    }

    /** The name of the file; empty when text was pasted. */
    String fileName() {
        return isUploaded() ? file.fileName() : "";
    }

    /**
     * What was sent, one byte more than an import may have at most.
     *
     * @throws dev.switchback.problem.ProblemException 422 when there is nothing
     */
    byte[] bytes() {
        byte[] bytes = isUploaded() ? uploaded() : (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            throw Problem.content(List.of(Violation.of(
                            "file",
                            "No file was chosen and nothing was pasted",
                            "the file that the other tool wrote, or its lines")))
                    .toException();
        }
        return bytes;
    }

    private byte[] uploaded() {
        try (InputStream in = Files.newInputStream(file.uploadedFile())) {
            return in.readNBytes(ImportSamples.BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("the file could not be read", e);
        }
    }

    ImportSamples.Form form(byte[] bytes) {
        return switch (format()) {
            case "table" -> ImportSamples.Form.TABLE;
            case "lines" -> ImportSamples.Form.JSON_LINES;
            default -> ImportSamples.Form.guess(bytes);
        };
    }
}
