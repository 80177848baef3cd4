package dev.switchback.measurement;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How samples are stored: gzip of JSON lines. The first line names the columns, each further line is one sample as an
 * array in that order. What was written once stays readable for ever: a new form gets the next number.
 */
public final class SampleBlob {

    /** The form that is written. */
    public static final int SCHEMA = 1;

    /** How many samples a part has at most. */
    public static final int AT_MOST = 10_000;

    private static final List<String> COLUMNS = List.of(
            "block",
            "seq",
            "input",
            "scheduledUs",
            "sentUs",
            "firstByteUs",
            "doneUs",
            "status",
            "errorKind",
            "bytes",
            "reused",
            "remote",
            "cache",
            "cacheRule",
            "age",
            "dbCalls",
            "dbUs",
            "bodyHash",
            "warmUp",
            "late",
            "value");

    private static final JsonFactory JSON = new JsonFactory();

    private SampleBlob() {}

    /** The samples as bytes; the same samples are always the same bytes. */
    public static byte[] write(List<StoredSample> samples) {
        if (samples.size() > AT_MOST) {
            throw new IllegalArgumentException(samples.size() + " samples in one part");
        }
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(new GZIPOutputStream(bytes))) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            json.writeStartArray();
            for (String column : COLUMNS) {
                json.writeString(column);
            }
            json.writeEndArray();
            for (StoredSample sample : samples) {
                write(sample, json);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("samples could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(StoredSample sample, JsonGenerator json) throws IOException {
        json.writeStartArray();
        json.writeNumber(sample.block());
        json.writeNumber(sample.seq());
        json.writeNumber(sample.input());
        json.writeNumber(sample.scheduledUs());
        json.writeNumber(sample.sentUs());
        json.writeNumber(sample.firstByteUs());
        json.writeNumber(sample.doneUs());
        json.writeNumber(sample.status());
        json.writeString(sample.errorKind());
        json.writeNumber(sample.bytes());
        json.writeBoolean(sample.reused());
        json.writeString(sample.remote());
        json.writeString(sample.cache());
        json.writeString(sample.cacheRule());
        number(sample.age(), json);
        number(sample.dbCalls(), json);
        number(sample.dbUs(), json);
        json.writeString(sample.bodyHash());
        json.writeBoolean(sample.warmUp());
        json.writeBoolean(sample.late());
        number(sample.value(), json);
        json.writeEndArray();
    }

    private static void number(Number value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Double real) {
            json.writeNumber(real);
        } else {
            json.writeNumber(value.longValue());
        }
    }

    /** All samples of a part, in the order in which they were written. */
    public static List<StoredSample> read(int schema, byte[] bytes) {
        var samples = new ArrayList<StoredSample>();
        read(schema, bytes, samples::add);
        return samples;
    }

    /**
     * Hands the samples of a part over, one after the other.
     *
     * @throws IllegalStateException when this version does not know the form
     */
    public static void read(int schema, byte[] bytes, Consumer<StoredSample> each) {
        if (schema != SCHEMA) {
            throw new IllegalStateException("samples of schema " + schema + " were stored by a newer Switchback");
        }
        try (JsonParser json = JSON.createParser(new GZIPInputStream(new ByteArrayInputStream(bytes)))) {
            json.nextToken();
            json.skipChildren();
            while (json.nextToken() == JsonToken.START_ARRAY) {
                each.accept(sample(json));
                json.nextToken();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("stored samples cannot be read", e);
        }
    }

    private static StoredSample sample(JsonParser json) throws IOException {
        return new StoredSample(
                json.nextIntValue(0),
                json.nextIntValue(0),
                json.nextIntValue(0),
                json.nextLongValue(0),
                json.nextLongValue(0),
                json.nextLongValue(0),
                json.nextLongValue(0),
                json.nextIntValue(0),
                json.nextTextValue(),
                json.nextLongValue(0),
                json.nextBooleanValue(),
                json.nextTextValue(),
                json.nextTextValue(),
                json.nextTextValue(),
                whole(json),
                whole(json),
                json.nextToken() == JsonToken.VALUE_NULL ? null : json.getLongValue(),
                json.nextTextValue(),
                json.nextBooleanValue(),
                json.nextBooleanValue(),
                json.nextToken() == JsonToken.VALUE_NULL ? null : json.getDoubleValue());
    }

    private static Integer whole(JsonParser json) throws IOException {
        return json.nextToken() == JsonToken.VALUE_NULL ? null : json.getIntValue();
    }
}
