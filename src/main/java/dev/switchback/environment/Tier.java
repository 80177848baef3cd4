package dev.switchback.environment;

import java.util.Locale;

/** How much it hurts when something goes wrong here; ordered from harmless to real customers. */
public enum Tier {
    DEVELOPMENT,
    STAGING,
    PRODUCTION;

    /** The spelling in files, the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tier with this word. */
    public static Tier of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public boolean isProduction() {
        return this == PRODUCTION;
    }
}
