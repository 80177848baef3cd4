package dev.switchback.access;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads which roles a group of the provider has: {@code viewer, operator@staging, author/shop, operator/shop@staging}. */
final class GrantsOfGroup {

    private static final Pattern GRANT = Pattern.compile("([a-z]+)(?:/([^/@,\\s]+))?(?:@([^/@,\\s]+))?");

    private GrantsOfGroup() {}

    /** @throws IllegalArgumentException when it is written differently, with what was expected */
    static Set<Grant> read(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(GrantsOfGroup::one)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Grant one(String part) {
        var matcher = GRANT.matcher(part);
        if (!matcher.matches() || Role.find(matcher.group(1)).isEmpty()) {
            throw new IllegalArgumentException("switchback.oidc.roles: “" + part
                    + "” is no role; expected viewer, author, operator, approver or admin, then /service and"
                    + " @environment if it is limited, such as operator@staging");
        }
        return new Grant(Role.find(matcher.group(1)).orElseThrow(), matcher.group(2), matcher.group(3));
    }
}
