package dev.switchback.measurement;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes samples as a table (RFC 4180), a header first. Texts that a spreadsheet would take for a formula get an
 * apostrophe in front. Not safe for use by several threads.
 */
final class SamplesAsCsv {

    private static final String HEADER =
            "metric,block,seq,input,atMs,sentMs,firstByteMs,doneMs,valueMs,ok,error,status,"
                    + "cache,cacheRule,age,dbCalls,dbMs,bytes,bodyHash,reused,remote,warmUp,late\r\n";

    private final Writer out;

    SamplesAsCsv(OutputStream out) throws IOException {
        this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        this.out.write(HEADER);
    }

    /** Writes the samples of this metric as they come. */
    Consumer<StoredSample> of(String metric) {
        return sample -> {
            try {
                out.write(line(metric, sample));
            } catch (IOException e) {
                throw new UncheckedIOException("the reader went away", e);
            }
        };
    }

    void end() throws IOException {
        out.flush();
    }

    private static String line(String metric, StoredSample sample) {
        return String.join(
                        ",",
                        text(metric),
                        Integer.toString(sample.block()),
                        Integer.toString(sample.seq()),
                        sample.input() < 0 ? "" : Integer.toString(sample.input()),
                        ms(sample.scheduledUs()),
                        ms(sample.sentUs()),
                        ms(sample.firstByteUs()),
                        ms(sample.doneUs()),
                        number(sample.measured()),
                        Boolean.toString(sample.ok()),
                        text(sample.errorKind()),
                        sample.status() == 0 ? "" : Integer.toString(sample.status()),
                        text(sample.cache()),
                        text(sample.cacheRule()),
                        number(sample.age()),
                        number(sample.dbCalls()),
                        sample.dbUs() == null ? "" : ms(sample.dbUs()),
                        Long.toString(sample.bytes()),
                        text(sample.bodyHash()),
                        Boolean.toString(sample.reused()),
                        text(sample.remote()),
                        Boolean.toString(sample.warmUp()),
                        Boolean.toString(sample.late()))
                + "\r\n";
    }

    /** Microseconds as milliseconds; empty for what never happened. */
    private static String ms(long us) {
        return us < 0 ? "" : number(us / 1000.0);
    }

    private static String number(Number value) {
        return value == null
                ? ""
                : new java.math.BigDecimal(value.toString())
                        .stripTrailingZeros()
                        .toPlainString();
    }

    static String text(String value) {
        if (value == null) {
            return "";
        }
        boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
        String safe = formula ? "'" + value : value;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
