package dev.switchback.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Where time comes in, so that a test can turn it. */
public class Clock {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }
}
