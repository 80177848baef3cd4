package dev.switchback.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: hunter22",
                "  db: {kind: jdbc, user: shop, password: hunter22}",
                "  db: {kind: jdbc, password: \"hunter22\", user: shop}",
                "  db: {kind: jdbc, password: 'hunter22'}",
                "    headers: {Authorization: Bearer hunter22}",
                "    headers: {\"X-Api-Key\": hunter22}",
                "  url: \"jdbc:postgresql://shop:hunter22@127.0.0.1/shop\"",
                "  url: \"jdbc:postgresql://127.0.0.1/shop?user=a&password=hunter22\"",
                "password: \"hunter22",
                "privateKey: |\n  hunter22\n  hunter22\n",
            })
    void hides_what_looks_like_a_secret(String text) {
        assertThat(String.join("\n", MaskedText.lines(text)))
                .doesNotContain("hunter22")
                .contains("••••");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: \"secret:SHOP_DB\"",
                "  db: {kind: jdbc, password: \"secret:SHOP_DB\", user: shop}",
                "title: Rotate the token of the shop",
                "  url: http://127.0.0.1:8101",
                "secret: [\"*password*\", \"*token*\"]",
            })
    void leaves_references_and_ordinary_text_alone(String text) {
        assertThat(MaskedText.lines(text)).containsExactly(text);
    }

    @Test
    void keeps_the_number_of_lines() {
        assertThat(MaskedText.lines("a: 1\r\nprivateKey: >\n  x\n\n  y\nb: 2\n"))
                .hasSize(7)
                .contains("b: 2");
    }
}
