package dev.switchback.probe;

import dev.switchback.verdict.Probe.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What one prober sent in a short time.
 *
 * @param no its number, under the fence of who sent it
 * @param prober which
 * @param fromUs when the piece began
 * @param toUs when it ended
 * @param planned slots that passed
 * @param sent the probes, in the order in which they were over
 */
record Piece(long no, Prober.Kind prober, long fromUs, long toUs, int planned, List<Sent> sent) {

    /** The form of {@link #blob}: a newer one gets a new number. */
    static final int SCHEMA = 1;

    Piece {
        sent = List.copyOf(sent);
    }

    int failed() {
        return (int) sent.stream().filter(each -> each.failure() != null).count();
    }

    /** The response time below which that share of the answered probes stays, ms; null when none was answered. */
    Double percentile(double share) {
        long[] took = sent.stream()
                .filter(each -> each.failure() == null)
                .mapToLong(Sent::tookUs)
                .sorted()
                .toArray();
        return took.length == 0 ? null : took[(int) Math.ceil(share * took.length) - 1] / 1000.0;
    }

    byte[] blob() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(sent.size());
            for (Sent each : sent) {
                out.writeLong(each.slot());
                out.writeLong(each.sentUs());
                out.writeInt((int) Math.min(Integer.MAX_VALUE, each.tookUs()));
                out.writeUTF(each.failure() == null ? "" : each.failure().name());
                out.writeShort(each.status());
            }
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    /** What {@link #blob} stored. */
    static List<Sent> read(byte[] blob) {
        try (var in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(blob)))) {
            var sent = new ArrayList<Sent>();
            for (int left = in.readInt(); left > 0; left--) {
                long slot = in.readLong();
                long at = in.readLong();
                int took = in.readInt();
                String failure = in.readUTF();
                sent.add(new Sent(
                        slot, at, took, failure.isEmpty() ? null : Failure.valueOf(failure), in.readShort(), null));
            }
            return sent;
        } catch (IOException e) {
            throw new UncheckedIOException("stored probes cannot be read: " + Arrays.hashCode(blob), e);
        }
    }
}
