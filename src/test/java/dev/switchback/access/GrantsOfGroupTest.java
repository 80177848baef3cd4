package dev.switchback.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How roles of groups are written in the configuration. */
class GrantsOfGroupTest {

    @Test
    void reads_roles_with_and_without_limits() {
        assertThat(GrantsOfGroup.read("viewer, operator@staging,author/shop , operator/shop@production"))
                .containsExactlyInAnyOrder(
                        Grant.everywhere(Role.VIEWER),
                        new Grant(Role.OPERATOR, null, "staging"),
                        new Grant(Role.AUTHOR, "shop", null),
                        new Grant(Role.OPERATOR, "shop", "production"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"boss", "operator@", "operator@a@b", "operator staging", "admin/"})
    void refuses_what_would_be_misread(String text) {
        assertThatThrownBy(() -> GrantsOfGroup.read(text)).hasMessageContaining("is no role");
    }
}
