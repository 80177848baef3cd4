package dev.switchback.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LightProbeTest {

    @Test
    void the_lines_on_the_pages_are_those_of_the_documentation() throws IOException {
        String documentation = Files.readString(Path.of("docs/measurement.md"));
        assertThat(LightProbe.all()).extracting(LightProbe::name).contains("FastAPI with SQLAlchemy", "WordPress");
        assertThat(LightProbe.all())
                .allSatisfy(probe -> assertThat(documentation).contains("\n" + probe.text() + "```"));
    }

    @Test
    void every_service_tells_only_those_who_send_the_key() {
        assertThat(LightProbe.all().subList(0, 2))
                .allSatisfy(probe -> assertThat(probe.text())
                        .contains("PROBE_KEY", "X-DB-Calls")
                        .containsPattern("compare_digest|hash_equals"));
        assertThat(LightProbe.all().get(2).text()).contains("secret:PROBE_KEY", "dbCallsHeader: X-DB-Calls");
    }

    @Test
    void says_what_is_missing_and_nothing_when_all_is_told() {
        assertThat(Untold.of("list", false, false)).isEmpty();
        assertThat(Untold.of("list", true, false).map(Untold::words))
                .isEqualTo(Optional.of("how many database calls an answer took"));
        assertThat(Untold.of("list", false, true).map(Untold::words))
                .isEqualTo(Optional.of("whether an answer came from a cache"));
    }
}
