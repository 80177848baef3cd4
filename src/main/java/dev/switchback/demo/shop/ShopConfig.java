package dev.switchback.demo.shop;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the shop needs to start, from its environment: where it is, how it reaches its database, who may change it. What
 * its business decides (prices, lists) is a {@link Settings setting}.
 */
record ShopConfig(
        String environment,
        int port,
        Path settingsFile,
        String databaseUrl,
        String user,
        String password,
        String adminToken,
        int products) {

    static ShopConfig of(Map<String, String> variables) {
        return new ShopConfig(
                required(variables, "SHOP_ENVIRONMENT"),
                Integer.parseInt(required(variables, "SHOP_PORT")),
                Path.of(required(variables, "SHOP_SETTINGS")),
                required(variables, "SHOP_DB_URL"),
                required(variables, "SHOP_DB_USER"),
                required(variables, "SHOP_DB_PASSWORD"),
                required(variables, "SHOP_ADMIN_TOKEN"),
                Integer.parseInt(required(variables, "SHOP_PRODUCTS")));
    }

    private static String required(Map<String, String> variables, String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set");
        }
        return value;
    }

    /** Never with its secrets. */
    @Override
    public String toString() {
        return "shop " + environment + " on port " + port;
    }
}
