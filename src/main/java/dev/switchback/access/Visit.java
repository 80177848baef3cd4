package dev.switchback.access;

import io.vertx.ext.web.RoutingContext;

/**
 * Where a request came from, as people are told.
 *
 * @param address the address, as a trusted proxy tells it
 * @param browser in words: {@code Firefox on Linux}
 */
public record Visit(String address, String browser) {

    /** In this order: what calls itself Edge or Opera also calls itself Chrome, and all of them Safari. */
    private static final String[][] BROWSERS = {
        {"Edg", "Edge"},
        {"OPR/", "Opera"},
        {"Firefox/", "Firefox"},
        {"FxiOS/", "Firefox"},
        {"CriOS/", "Chrome"},
        {"Chrome/", "Chrome"},
        {"Safari/", "Safari"},
        {"curl/", "curl"}
    };

    private static final String[][] SYSTEMS = {
        {"Android", "Android"},
        {"iPhone", "iPhone"},
        {"iPad", "iPad"},
        {"Windows", "Windows"},
        {"Mac OS X", "macOS"},
        {"CrOS", "ChromeOS"},
        {"Linux", "Linux"}
    };

    static Visit of(RoutingContext request) {
        return new Visit(address(request), words(request.request().getHeader("User-Agent")));
    }

    static String address(RoutingContext request) {
        var remote = request.request().remoteAddress();
        return remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
    }

    /** The browser and the system in a {@code User-Agent}, as far as they are known. */
    static String words(String agent) {
        String text = agent == null ? "" : agent;
        String browser = first(BROWSERS, text);
        String system = first(SYSTEMS, text);
        if (browser.isEmpty() && system.isEmpty()) {
            return "unknown browser";
        }
        return (browser.isEmpty() ? "unknown browser" : browser) + (system.isEmpty() ? "" : " on " + system);
    }

    private static String first(String[][] known, String text) {
        for (String[] each : known) {
            if (text.contains(each[0])) {
                return each[1];
            }
        }
        return "";
    }
}
