package dev.switchback.demo.shop;

import java.util.List;
import java.util.Map;

/** The shop as a customer sees it: one list, prices, and which shop this is. */
final class ShopPage {

    private ShopPage() {}

    @SuppressWarnings("unchecked")
    static String of(String environment, LiveSettings.Current now, Map<String, Object> list) {
        var rows = new StringBuilder();
        for (var product : (List<Map<String, Object>>) list.get("products")) {
            rows.append("<tr><td>")
                    .append(escaped(product.get("name")))
                    .append("<td>")
                    .append(escaped(product.get("brand")))
                    .append("<td class=price>")
                    .append(escaped(product.get("price")))
                    .append(' ')
                    .append(escaped(list.get("currency")));
        }
        return PAGE.formatted(
                escaped(now.settings().shopName()),
                escaped(now.settings().shopName()),
                escaped(environment),
                escaped(now.from().word()),
                escaped(list.get("category")),
                rows);
    }

    private static String escaped(Object value) {
        return String.valueOf(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static final String PAGE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
              body {font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #222}
              table {border-collapse: collapse; width: 100%%} td {border-top: 1px solid #ddd; padding: .4rem 0}
              .price {text-align: right; font-variant-numeric: tabular-nums} small {color: #555}
            </style>
            <h1>%s</h1>
            <p><small>Environment %s · settings read from the %s</small></p>
            <h2>The cheapest %s</h2>
            <table>%s</table>
            </html>
            """;
}
