package dev.switchback.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How entries leave: as a table for spreadsheets (RFC 4180), or a JSON object a line. */
enum WriteEntries {
    CSV("text/csv;charset=UTF-8", "audit.csv"),
    NDJSON("application/x-ndjson", "audit.ndjson");

    private static final String HEADER = "id,at,actor,means,token,address,agent,request,instance,action,kind,object,"
            + "service,environment,before,after,note\r\n";

    final String type;
    final String file;

    WriteEntries(String type, String file) {
        this.type = type;
        this.file = file;
    }

    /** Writes each entry as it comes. */
    ReadTrail.Taker to(OutputStream out, ObjectMapper mapper) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        if (this == CSV) {
            writer.write(HEADER);
            writer.flush();
        }
        Function<TrailEntry, String> line = this == CSV ? WriteEntries::row : entry -> json(entry, mapper);
        return entry -> {
            writer.write(line.apply(entry));
            writer.flush();
        };
    }

    private static String json(TrailEntry entry, ObjectMapper mapper) {
        try {
            return mapper.writeValueAsString(entry) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry can always be written", e);
        }
    }

    static String row(TrailEntry entry) {
        return entry.id() + ","
                + entry.said().values().stream().map(WriteEntries::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /** What a spreadsheet would take for a formula gets an apostrophe in front. */
    private static String cell(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String plain = Plain.text(text);
        boolean formula = "=+-@\t\r".indexOf(plain.charAt(0)) >= 0;
        String safe = formula ? "'" + plain : plain;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
