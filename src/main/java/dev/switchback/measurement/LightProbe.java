package dev.switchback.measurement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A few lines with which a service tells how many database calls an answer took, and only when the key of the probe is
 * sent along. The texts stand in {@code light-probe/} and, the same, in docs/measurement.md.
 *
 * @param name of what they are for
 * @param text the lines
 */
public record LightProbe(String name, String text) {

    private static final List<LightProbe> ALL = List.of(
            new LightProbe("FastAPI with SQLAlchemy", read("fastapi.py")),
            new LightProbe("WordPress", read("wordpress.php")),
            new LightProbe("the metric in the runbook", read("metric.yaml")));

    /** Those for services, and last what the metric has to say so that the key is sent and the answer is read. */
    public static List<LightProbe> all() {
        return ALL;
    }

    private static String read(String file) {
        try (InputStream text = LightProbe.class.getResourceAsStream("/light-probe/" + file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("light-probe/" + file + " could not be read", e);
        }
    }
}
