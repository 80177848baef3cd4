package dev.switchback.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.step.StepLog.Stream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes lines of a log as text or NDJSON.
 *
 * @param mapper writes JSON
 * @param format {@code full}, {@code ndjson}, or null for the bare printed lines
 * @param purpose of the run, which names its legs
 */
record LogWriter(ObjectMapper mapper, String format, Purpose purpose) {

    void write(OutputStream out, LogLine line) throws IOException {
        if (format == null) {
            if (line.stream() != Stream.ENGINE) {
                out.write((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } else if (format.equals("full")) {
            out.write((line.at() + " " + stream(line) + " " + line.text() + "\n").getBytes(StandardCharsets.UTF_8));
        } else {
            out.write((mapper.writeValueAsString(ndjson(line)) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private Map<String, Object> ndjson(LogLine line) {
        var members = new LinkedHashMap<String, Object>();
        members.put("no", line.no());
        members.put("at", line.at().toString());
        members.put("stream", stream(line));
        members.put("step", line.stepId());
        members.put("leg", Leg.of(purpose, line.legNo()).word());
        members.put("legNo", line.legNo());
        members.put("attempt", line.attempt());
        members.put("text", line.text());
        return members;
    }

    private static String stream(LogLine line) {
        return switch (line.stream()) {
            case OUT -> "stdout";
            case ERR -> "stderr";
            case ENGINE -> "engine";
        };
    }
}
