package dev.switchback.measurement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How measurements are taken. */
@ConfigMapping(prefix = "switchback.measurement")
public interface MeasurementConfig {

    /** How many measurements that somebody asked for this instance takes at once; the others wait. */
    @WithDefault("2")
    int atOnce();

    /** How long a measurement stands while its instance is silent; then it counts as interrupted. */
    @WithDefault("20s")
    Duration lease();

    /** How many requests a second a metric may send in production. */
    @WithDefault("10")
    double productionRate();

    /** How old a complete baseline may be for a live run to take it instead of measuring before its first step. */
    @WithDefault("1h")
    Duration baselineFresh();

    /** How far apart two sittings of a baseline must be, to show whether it holds still by itself; 15 minutes at least. */
    @WithDefault("15m")
    Duration baselineApart();
}
