package dev.switchback.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.diff.ContentDiff;
import dev.switchback.diff.Difference;
import dev.switchback.diff.EntryDifference;
import dev.switchback.diff.PartDifference;
import dev.switchback.migration.MigrationRevision;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What differs between two revisions, as programs see it.
 *
 * @param from the one
 * @param to the other
 * @param same whether both say the same
 * @param summary what differs, in one line; empty when nothing does
 * @param parts the members of the document in which something differs
 */
public record DiffView(Side from, Side to, boolean same, String summary, List<Part> parts) {

    /** One of the two revisions. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Side(int number, String hash, Instant createdAt, String createdBy, String note) {
        static Side of(MigrationRevision revision) {
            return new Side(
                    revision.number(),
                    revision.contentHash(),
                    revision.createdAt(),
                    revision.createdBy(),
                    revision.note());
        }
    }

    /** A part with what differs in it: fields, or entries that are known by a name. */
    public record Part(String member, String title, List<Field> fields, List<Entry> entries) {
        static Part of(PartDifference part) {
            return new Part(
                    part.member(),
                    part.heading(),
                    part.fields().stream().map(Field::of).toList(),
                    part.entries().stream().map(Entry::of).toList());
        }
    }

    /** A value that differs; {@code before} or {@code after} is absent when it was added or removed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Field(String path, String change, JsonNode before, JsonNode after) {
        static Field of(Difference field) {
            return new Field(field.path(), field.kind().name().toLowerCase(Locale.ROOT), field.before(), field.after());
        }
    }

    /** An entry that differs; {@code from} and {@code to} count from 1 and are absent where it has no place. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String path, String id, String change, boolean moved, Integer from, Integer to, List<Field> fields) {
        static Entry of(EntryDifference entry) {
            return new Entry(
                    entry.path(),
                    entry.id(),
                    entry.word(),
                    entry.moved(),
                    place(entry.from()),
                    place(entry.to()),
                    entry.fields().stream().map(Field::of).toList());
        }

        private static Integer place(int number) {
            return number == 0 ? null : number;
        }
    }

    static DiffView of(MigrationRevision from, MigrationRevision to) {
        ContentDiff diff = ContentDiff.of(from.content(), to.content());
        return new DiffView(
                Side.of(from),
                Side.of(to),
                diff.isEmpty(),
                diff.summary(),
                diff.parts().stream().map(Part::of).toList());
    }
}
