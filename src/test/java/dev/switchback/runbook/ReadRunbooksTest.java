package dev.switchback.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.migration.MigrationRevision;
import dev.switchback.platform.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A revision is read once for all who only look at it; who wants to change it gets a copy of their own. */
class ReadRunbooksTest {

    private static final String TEXT = "{\"key\": \"move-prices\", \"title\": \"Move the prices\"}";

    @Test
    void the_same_text_is_read_once() {
        assertThat(Runbook.of(revision(1, TEXT))).isSameAs(Runbook.of(revision(2, TEXT)));
    }

    @Test
    void another_text_is_another_runbook() {
        Runbook first = Runbook.of(revision(1, TEXT));
        Runbook second = Runbook.of(revision(2, TEXT.replace("Move the prices", "Move all prices")));
        assertThat(first.title()).isEqualTo("Move the prices");
        assertThat(second.title()).isEqualTo("Move all prices");
    }

    @Test
    void who_changes_the_content_of_a_revision_changes_nothing_of_what_was_read() {
        MigrationRevision revision = revision(1, TEXT);
        revision.content().put("title", "Something else");
        assertThat(Runbook.of(revision).content().path("title").asText()).isEqualTo("Move the prices");
        assertThat(revision.content().path("title").asText()).isEqualTo("Move the prices");
    }

    private static MigrationRevision revision(int number, String text) {
        return new MigrationRevision(null, number, Json.object(text), "hash", "work", text, null, Instant.EPOCH, "Ada");
    }
}
