package dev.switchback.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void prices_include_tax_sale_and_rate_rounded_to_the_cent() {
        Settings settings = Settings.of(with(Map.of("sale.category", "hats", "sale.percent", "20")));
        assertThat(settings.price(1000, "shoes")).hasToString("11.90");
        assertThat(settings.price(1000, "hats")).hasToString("9.52");
        assertThat(Settings.of(with(Map.of("currency.rate", "1.08"))).price(999, "shoes"))
                .hasToString("12.84");
    }

    @Test
    void refuses_a_value_it_cannot_understand_instead_of_guessing() {
        assertThatThrownBy(() -> Settings.of(with(Map.of("vat.percent", "19 %"))))
                .hasMessage(
                        "the setting vat.percent cannot be read: it is \"19 %\", expected a whole number from 0 to 100");
        assertThatThrownBy(() -> Settings.of(with(Map.of("currency.rate", "1,08"))))
                .hasMessageContaining("1,08");
        assertThatThrownBy(() -> Settings.of(with(Map.of("feature.stock", "yes"))))
                .hasMessageContaining("true or false");
        assertThatThrownBy(() -> Settings.of(with(Map.of("currency", " ")))).hasMessageContaining("it is missing");
    }

    @Test
    void shows_no_secret() {
        assertThat(Settings.of(with(Map.of("mail.password", "hush"))).masked())
                .containsEntry("mail.password", "••••••••")
                .containsEntry("currency", "EUR");
    }

    static Map<String, String> with(Map<String, String> changed) {
        var all = new HashMap<>(Map.of(
                "shop.name",
                "Shop",
                "currency",
                "EUR",
                "currency.rate",
                "1.00",
                "vat.percent",
                "19",
                "list.size",
                "5",
                "feature.stock",
                "true",
                "sale.category",
                "none",
                "sale.percent",
                "0"));
        all.putAll(changed);
        return all;
    }
}
