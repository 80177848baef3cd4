package dev.switchback.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {

    private static final Outbound USUAL = Outbound.of(List.of("metadata", "self"), Set.of(8080));

    private static boolean denies(Outbound rule, String address, int port) throws Exception {
        return rule.denies(InetAddress.getByName(address), port);
    }

    /** Every way in which the same address can be written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "2852039166",
                "169.254.43518",
                "::ffff:169.254.169.254",
                "::ffff:a9fe:a9fe",
                "64:ff9b::a9fe:a9fe",
                "169.254.170.2",
                "fe80::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "100.100.100.200",
                "168.63.129.16"
            })
    void denies_the_metadata_of_clouds_however_it_is_written(String address) throws Exception {
        assertThat(denies(USUAL, address, 80)).isTrue();
        assertThat(denies(Outbound.CAREFUL, address, 443)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1"})
    void denies_its_own_port_at_every_address_of_this_machine(String address) throws Exception {
        assertThat(denies(USUAL, address, 8080)).isTrue();
        assertThat(denies(USUAL, address, 8081)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "8.8.8.8", "169.253.255.255", "169.255.0.0", "fd00:ec3::1"})
    void lets_every_other_address_pass(String address) throws Exception {
        assertThat(denies(USUAL, address, 8080)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, 80, true",
        "10.0.0.0/8, 11.0.0.0, 80, false",
        "10.1.2.128/25, 10.1.2.127, 80, false",
        "10.1.2.128/25, 10.1.2.200, 80, true",
        "10.1.2.3:6379, 10.1.2.3, 6379, true",
        "10.1.2.3:6379, 10.1.2.3, 80, false",
        "0.0.0.0/0, 1.2.3.4, 80, true",
        "0.0.0.0/0, 2001:db8::1, 80, false",
        "2001:db8::/33, 2001:db8:7fff::1, 80, true",
        "2001:db8::/33, 2001:db8:8000::1, 80, false",
        "[2001:db8::1]:80, 2001:db8::1, 80, true",
        "[2001:db8::1]:80, 2001:db8::1, 81, false",
        "none, 169.254.169.254, 80, false"
    })
    void reads_networks_and_ports(String denied, String address, int port, boolean expected) throws Exception {
        assertThat(denies(Outbound.of(List.of(denied), Set.of(8080)), address, port))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "10.0.0.0/33", "10.0.0", "metadata.google.internal", "10.0.0.1:99999", "a:b", "/8"})
    void refuses_to_start_with_what_it_cannot_read(String denied) {
        assertThatThrownBy(() -> Outbound.of(List.of(denied), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(denied)
                .hasMessageContaining("expected metadata, self, none, an address or a network");
    }

    @Test
    void says_which_setting_denies_it() {
        assertThatThrownBy(() -> Outbound.lookUp("169.254.169.254", 80))
                .isInstanceOf(Outbound.DeniedException.class)
                .hasMessage("169.254.169.254:80 is an address that this server does not connect to"
                        + " (switchback.targets.deny)");
    }
}
