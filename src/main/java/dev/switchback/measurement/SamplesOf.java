package dev.switchback.measurement;

import dev.switchback.platform.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The raw samples of a metric: written once, part by part, read part by part, so that memory stays flat however many
 * there are. Needs a transaction.
 */
@ApplicationScoped
public class SamplesOf {

    @Inject
    EntityManager entities;

    /**
     * A part as it is stored.
     *
     * @param number its place, from 0
     * @param schema the form of the bytes, see {@link SampleBlob}
     * @param sha256 the hash of the bytes; it stays when they are removed
     * @param bytes the samples; empty when they were removed
     * @param removedAt when they were removed, or null
     */
    public record Part(int number, int schema, String sha256, Optional<byte[]> bytes, Instant removedAt) {}

    /** Stores a part of imported samples, cut where it has too many. */
    void keep(long metricId, List<StoredSample> samples) {
        for (int from = 0, part = 0; from < samples.size(); from += SampleBlob.AT_MOST, part++) {
            byte[] bytes = SampleBlob.write(samples.subList(from, Math.min(samples.size(), from + SampleBlob.AT_MOST)));
            entities.createNativeQuery("INSERT INTO measurement_samples (metric_id, part, schema_no, sha256, samples)"
                            + " VALUES (:metric, :part, :schema, :hash, :samples)")
                    .setParameter("metric", metricId)
                    .setParameter("part", part)
                    .setParameter("schema", SampleBlob.SCHEMA)
                    .setParameter("hash", SpecHash.sha256(bytes))
                    .setParameter("samples", bytes)
                    .executeUpdate();
        }
    }

    /** Hands over every sample of a metric that is still kept, in the order in which they were taken. */
    public void each(long metricId, Consumer<StoredSample> sample) {
        for (Optional<Part> part = after(metricId, -1);
                part.isPresent();
                part = after(metricId, part.get().number())) {
            Part found = part.get();
            found.bytes().ifPresent(bytes -> SampleBlob.read(found.schema(), bytes, sample));
        }
    }

    /** All samples of a metric that are still kept. */
    public List<StoredSample> all(long metricId) {
        var samples = new ArrayList<StoredSample>();
        each(metricId, samples::add);
        return samples;
    }

    /** Its parts with their bytes, in order. */
    public List<Part> parts(long metricId) {
        var parts = new ArrayList<Part>();
        for (Optional<Part> part = after(metricId, -1);
                part.isPresent();
                part = after(metricId, part.get().number())) {
            parts.add(part.get());
        }
        return parts;
    }

    /** When the first of its samples were removed; empty while all are kept. */
    public Optional<Instant> removedAt(long metricId) {
        return entities.createNativeQuery(
                        "SELECT min(removed_at) FROM measurement_samples WHERE metric_id = :metric", Instant.class)
                .setParameter("metric", metricId)
                .getResultStream()
                .filter(java.util.Objects::nonNull)
                .map(Instant.class::cast)
                .findFirst();
    }

    private Optional<Part> after(long metricId, int part) {
        return next(metricId, part)
                .in(entities, Object[].class)
                .getResultStream()
                .findFirst()
                .map(SamplesOf::part);
    }

    /** The statement that reads the part behind this one. */
    static Statement next(long metricId, int part) {
        return new Statement(
                "SELECT part, schema_no, sha256, samples, removed_at FROM measurement_samples"
                        + " WHERE metric_id = :metric AND part > :part ORDER BY part LIMIT 1",
                Map.of("metric", metricId, "part", part));
    }

    private static Part part(Object found) {
        Object[] row = (Object[]) found;
        Optional<byte[]> bytes = Optional.ofNullable((byte[]) row[3]);
        String hash = (String) row[2];
        if (bytes.isPresent() && !SpecHash.sha256(bytes.get()).equals(hash)) {
            throw new IllegalStateException("the stored samples are not those that were written: part " + row[0]);
        }
        return new Part(((Number) row[0]).intValue(), ((Number) row[1]).intValue(), hash, bytes, (Instant) row[4]);
    }
}
