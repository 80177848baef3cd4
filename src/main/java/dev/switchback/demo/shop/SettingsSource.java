package dev.switchback.demo.shop;

import java.util.Map;

/** A place that holds the settings as name and text. */
interface SettingsSource {

    /** @throws SourceUnavailable when it cannot be read */
    Map<String, String> read();

    /** The place is not there or does not answer. */
    final class SourceUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SourceUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
