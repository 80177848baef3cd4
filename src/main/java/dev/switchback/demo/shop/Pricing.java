package dev.switchback.demo.shop;

import java.util.Locale;

/**
 * How the shop finds the price of a product. The new way is a release that goes wrong as releases do: it cannot stand a
 * price of full 20 cents, so one product in twenty has no page any more, while the shop says that it is up.
 */
enum Pricing {
    OLD {
        @Override
        int net(int cents) {
            return cents;
        }
    },
    NEW {
        @Override
        int net(int cents) {
            if (cents % STEP == 0) {
                throw new IllegalStateException("the new pricing finds nothing to round in " + cents);
            }
            return cents + STEP - cents % STEP;
        }
    };

    private static final int STEP = 20;

    /** What it costs without tax, in cents. */
    abstract int net(int cents);

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Pricing of(String word) {
        for (Pricing pricing : values()) {
            if (pricing.word().equals(word)) {
                return pricing;
            }
        }
        throw new IllegalArgumentException("pricing is \"" + word + "\", expected old or new");
    }
}
