package dev.switchback.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** The words for what was done, and where what it was done to can be looked at. */
final class Wording {

    private static final Map<String, String> VERBS = Map.ofEntries(
            Map.entry("access.refused", "was refused"),
            Map.entry("audit.remove", "removed old entries of the trail"),
            Map.entry("checklist.tick", "ticked the checklist of"),
            Map.entry("checklist.untick", "took back a tick of"),
            Map.entry("comparison.make", "compared"),
            Map.entry("comparison.extend", "looked again at"),
            Map.entry("environment.create", "made"),
            Map.entry("environment.revise", "changed"),
            Map.entry("environment.delete", "deleted"),
            Map.entry("grant.give", "gave a role to"),
            Map.entry("grant.provider", "brought roles from the provider for"),
            Map.entry("grant.take", "took a role from"),
            Map.entry("measurement.import", "imported"),
            Map.entry("measurement.start", "started"),
            Map.entry("measurement.stop", "stopped"),
            Map.entry("migration.create", "wrote"),
            Map.entry("migration.revise", "revised"),
            Map.entry("migration.delete", "deleted"),
            Map.entry("person.create", "made"),
            Map.entry("person.change", "changed"),
            Map.entry("person.deactivate", "deactivated"),
            Map.entry("person.activate", "brought back"),
            Map.entry("person.local-admin", "set “local admin” of"),
            Map.entry("person.password", "set the password of"),
            Map.entry("run.break-glass", "broke glass for"),
            Map.entry("run.end", "ended"),
            Map.entry("run.requested", "started"),
            Map.entry("service.deploy", "announced a deploy of"),
            Map.entry("session.end", "ended a session of"),
            Map.entry("signin.acknowledge", "explained"),
            Map.entry("signin.break-glass", "signed in past the provider as"),
            Map.entry("signin.ok", "signed in as"),
            Map.entry("signin.refused", "was not let in as"),
            Map.entry("signin.locked", "must wait before trying again as"),
            Map.entry("signout", "signed out"),
            Map.entry("team.create", "made"),
            Map.entry("team.change", "changed"),
            Map.entry("team.deactivate", "deactivated"),
            Map.entry("team.activate", "brought back"),
            Map.entry("team.join", "added somebody to"),
            Map.entry("team.leave", "took somebody from"),
            Map.entry("token.make", "made"),
            Map.entry("token.revoke", "revoked"));

    private static final Map<String, String> PLACES = Map.of(
            "migration", "/migrations/",
            "environment", "/environments/",
            "run", "/runs/",
            "measurement", "/measurements/",
            "comparison", "/comparisons/",
            "person", "/people/",
            "team", "/teams/");

    /** What is named by its text alone. */
    private static final Set<String> SELF_EXPLAINING = Set.of("address", "audit");

    private Wording() {}

    /** As a verb: {@code revised}; what has no words of its own is told as it is written. */
    static String verb(TrailEntry entry) {
        String known = VERBS.get(entry.action());
        if (known != null) {
            return known;
        }
        return entry.action().substring(entry.action().indexOf('.') + 1).replace('-', ' ');
    }

    /** What it was done to: {@code run 17}. */
    static String object(TrailEntry entry) {
        String plain = Plain.text(entry.object());
        return SELF_EXPLAINING.contains(entry.kind()) ? plain : entry.kind() + " " + plain;
    }

    /** Where to look at it; null when there is no such page. */
    static String href(TrailEntry entry) {
        String place = entry.action().endsWith(".delete") ? null : PLACES.get(entry.kind());
        return place == null
                ? null
                : place
                        + URLEncoder.encode(entry.object(), StandardCharsets.UTF_8)
                                .replace("+", "%20");
    }
}
