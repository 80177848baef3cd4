package dev.switchback.demo;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One of the two places where the shop runs.
 *
 * @param name as in the runbook file: staging or production
 * @param port where it listens unless that is taken
 * @param products how many it sells: staging has about as many as production, so a rehearsal means something
 */
record ShopPlace(String name, int port, int products) {

    /** Enough products to make an unindexed list honestly slow. */
    static final ShopPlace STAGING = new ShopPlace("staging", 8101, 180_000);

    static final ShopPlace PRODUCTION = new ShopPlace("production", 8102, 210_000);

    Path directory(Path demo) {
        return demo.resolve(name);
    }

    /** Its database and its role there. */
    String database() {
        return "shop_" + name;
    }

    /** The secret that admin requests carry, by its name in the runbook file. */
    String tokenSecret() {
        return "SHOP_" + name.toUpperCase(Locale.ROOT) + "_TOKEN";
    }

    String passwordSecret() {
        return "SHOP_" + name.toUpperCase(Locale.ROOT) + "_DB_PASSWORD";
    }

    /** The environment variable that chooses another port. */
    String portVariable() {
        return "SWITCHBACK_DEMO_" + name.toUpperCase(Locale.ROOT) + "_PORT";
    }
}
