package dev.switchback.platform;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies that are believed, from {@code SWITCHBACK_TRUSTED_PROXIES}: IPv4 addresses and networks, such as {@code
 * 10.0.0.7, 10.1.0.0/16, ::1/128}, separated by commas. Quarkus takes anything else for the name of a host and asks a name
 * server for it with every request, which holds requests up for seconds when none answers.
 */
final class TrustedProxies {

    static final String VARIABLE = "SWITCHBACK_TRUSTED_PROXIES";

    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?|[0-9a-fA-F:.]+:[0-9a-fA-F:.]*/\\d{1,3}");

    private TrustedProxies() {}

    /** @throws StartRefused with exit status 2 when one of them would have to be looked up */
    static void require(String list) {
        entries(list)
                .filter(entry -> !ADDRESS.matcher(entry).matches())
                .findFirst()
                .ifPresent(entry -> {
                    throw new StartRefused(
                            "\"" + entry + "\" in " + VARIABLE
                                    + " is no address; expected IPv4 addresses or networks separated by"
                                    + " commas, such as 10.0.0.7, 10.1.0.0/16 or ::1/128 for one IPv6 address.",
                            2);
                });
    }

    private static Stream<String> entries(String list) {
        return Stream.of(list.split(",")).map(String::strip).filter(entry -> !entry.isEmpty());
    }
}
