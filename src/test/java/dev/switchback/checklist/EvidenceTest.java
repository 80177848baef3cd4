package dev.switchback.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type as evidence, and how it is read. */
class EvidenceTest {

    private static Evidence read(String given, EvidenceKind wants) {
        return Evidence.of(given, Optional.ofNullable(wants));
    }

    @ParameterizedTest
    @CsvSource({"/runs/5", "/runs/5/steps/one", "/runs/5#L12", "/runs/5?leg=2"})
    void an_address_of_a_run_names_it_whatever_is_wanted(String given) {
        for (EvidenceKind kind : EvidenceKind.values()) {
            Evidence read = read(given, kind);
            assertThat(read.run()).hasValue(5);
            assertThat(read.link()).contains(given);
            assertThat(read.label()).isEqualTo("Run 5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "#5", "run 5", "Run #5", "005"})
    void a_number_names_a_run_where_a_run_is_wanted(String given) {
        assertThat(read(given, EvidenceKind.RUN).run()).hasValue(5);
        assertThat(read(given, EvidenceKind.RUN).text()).isEqualTo("/runs/5");
        assertThat(read(given, EvidenceKind.DATA).run()).isEmpty();
        assertThat(read(given, null).text()).isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/comparisons/3",
                "/comparisons?before=1&after=2",
                "/plans/7",
                "/snapshots/1",
                "/settings/diff?from=1&to=2"
            })
    void an_address_of_what_is_to_come_is_kept_and_not_linked(String given) {
        Evidence read = read(given, EvidenceKind.COMPARISON);
        assertThat(read.cannotBeChecked()).isTrue();
        assertThat(read.link()).isEmpty();
    }

    @Test
    void a_link_leads_away_from_this_site() {
        assertThat(read("https://example.org/report?x=1", EvidenceKind.PLAN).isOutside())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "//example.org",
                "/etc/passwd",
                "https://x\" onclick=\"alert(1)",
                "https://a b",
                "/runs/",
                "/runs/5x",
                "99999999999999999999",
                "data:text/html,x",
                "looked at it for a minute"
            })
    void everything_else_is_words_and_never_a_link(String given) {
        Evidence read = read(given, EvidenceKind.RUN);
        assertThat(read.link()).isEmpty();
        assertThat(read.run()).isEmpty();
        assertThat(read.text()).isEqualTo(given);
    }
}
