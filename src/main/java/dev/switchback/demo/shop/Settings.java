package dev.switchback.demo.shop;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings of the shop, read strictly: a value that cannot be understood is an error with its name in it, never a
 * silent default. Immutable, so a request sees one set of settings from its beginning to its end.
 */
final class Settings {

    private static final Pattern SECRET = Pattern.compile(".*(password|token|secret|key).*");
    private static final String MASK = "••••••••";

    private final Map<String, String> values;
    private final String currency;
    private final BigDecimal rate;
    private final int vatPercent;
    private final int listSize;
    private final boolean showStock;
    private final String saleCategory;
    private final int salePercent;

    private Settings(Map<String, String> values) {
        this.values = new TreeMap<>(values);
        this.currency = text("currency");
        this.rate = decimal("currency.rate");
        this.vatPercent = number("vat.percent", 0, 100);
        this.listSize = number("list.size", 1, 200);
        this.showStock = yesOrNo("feature.stock");
        this.saleCategory = text("sale.category");
        this.salePercent = number("sale.percent", 0, 90);
    }

    /** @throws UnreadableSetting naming the first setting that is missing or cannot be understood */
    static Settings of(Map<String, String> values) {
        return new Settings(values);
    }

    /** All of them as written, for copying from one source to another. Contains secrets. */
    Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** All of them with the secrets masked, in the order of their names. */
    Map<String, String> masked() {
        var masked = new TreeMap<String, String>();
        values.forEach((name, value) -> masked.put(name, secret(name) ? MASK : value));
        return masked;
    }

    static boolean secret(String name) {
        return SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    String shopName() {
        return text("shop.name");
    }

    String currency() {
        return currency;
    }

    int listSize() {
        return listSize;
    }

    boolean showStock() {
        return showStock;
    }

    /** What a customer pays: less the sale, with tax, in the shop's currency, rounded to the cent. */
    BigDecimal price(int netCents, String category) {
        int percent = category.equals(saleCategory) ? 100 - salePercent : 100;
        return BigDecimal.valueOf(netCents)
                .multiply(BigDecimal.valueOf(percent))
                .multiply(BigDecimal.valueOf(100L + vatPercent))
                .multiply(rate)
                .divide(BigDecimal.valueOf(1_000_000), 2, RoundingMode.HALF_UP);
    }

    private String text(String name) {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw new UnreadableSetting(name, "it is missing", "a text");
        }
        return value.trim();
    }

    private int number(String name, int from, int to) {
        String expected = "a whole number from " + from + " to " + to;
        try {
            int number = Integer.parseInt(text(name));
            if (number < from || number > to) {
                throw new UnreadableSetting(name, "it is " + number, expected);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new UnreadableSetting(name, "it is \"" + text(name) + "\"", expected);
        }
    }

    private BigDecimal decimal(String name) {
        try {
            return new BigDecimal(text(name));
        } catch (NumberFormatException e) {
            throw new UnreadableSetting(name, "it is \"" + text(name) + "\"", "a number such as 1.08");
        }
    }

    private boolean yesOrNo(String name) {
        return switch (text(name)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UnreadableSetting(name, "it is \"" + text(name) + "\"", "true or false");
        };
    }
}
