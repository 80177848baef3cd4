package dev.switchback.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No request may wait for a name server to find out whether a proxy is believed. */
class TrustedProxiesTest {

    @Test
    void what_is_believed_by_default_is_never_looked_up() throws Exception {
        Matcher preset = Pattern.compile("\\$\\{SWITCHBACK_TRUSTED_PROXIES:(.*)}")
                .matcher(Files.readString(Path.of("src/main/resources/application.properties")));
        assertThat(preset.find()).isTrue();
        TrustedProxies.require(preset.group(1));
    }

    @Test
    void addresses_and_networks_are_believed() {
        TrustedProxies.require("10.0.0.7, 10.1.0.0/16,::1/128,fd00::/8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "proxy.example", "localhost", "10.0.0.7,lb", "10.0.0.7:8080"})
    void what_would_have_to_be_looked_up_is_refused_at_the_start(String list) {
        assertThatThrownBy(() -> TrustedProxies.require(list))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is no address; expected IPv4 addresses or networks");
    }
}
