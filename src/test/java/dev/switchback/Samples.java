package dev.switchback;

import dev.switchback.exchange.RunbookFileReader;
import dev.switchback.runbook.Runbook;

/** Small runbooks, as people write them. */
public final class Samples {

    /** What production demands, switched off. */
    public static final String OPEN =
            "gates: {identity: false, rehearsed: false, rollback: false, compared: false, probe:"
                    + " false, checklist: false, baseline: false}\n";

    private Samples() {}

    /** An environment with a shell target in this folder; production is open without a rehearsal. */
    public static String environment(String key, String tier, String directory) {
        return guarded(key, tier, directory) + (tier.equals("production") ? OPEN : "");
    }

    /** The same, with the gates that its tier demands. */
    public static String guarded(String key, String tier, String directory) {
        return """
                apiVersion: switchback/v1
                kind: Environment
                key: %s
                name: %s
                tier: %s
                variables: {greeting: hello there}
                targets:
                  host: {kind: shell, directory: "%s"}
                """.formatted(key, key, tier, directory);
    }

    /** A migration with these steps; each line of the steps is indented as in a file. */
    public static String migration(String key, String service, String steps) {
        return """
                apiVersion: switchback/v1
                kind: Migration
                key: %s
                title: Change something of %s
                service: %s
                owner: team-test
                expected: it works
                rollbackNote: change it back
                steps:
                %s""".formatted(key, service, service, steps);
    }

    /** The migration, read. */
    public static Runbook runbook(String steps) {
        var file = RunbookFileReader.read(migration("sample", "shop", steps));
        if (!file.problems().isEmpty()) {
            throw new IllegalArgumentException(file.problems().toString());
        }
        return Runbook.of(file.documents().get(0).content());
    }
}
