package dev.switchback.preview;

import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import dev.switchback.migration.Migration;
import dev.switchback.run.Run;
import java.util.List;
import java.util.stream.Stream;

/**
 * The page that shows what would be executed. Immutable.
 *
 * @param migration what is planned
 * @param environment where; null while that is to be chosen
 * @param environments where it could be
 * @param revision the number that was asked for; null for the newest
 * @param run the run that it is about, with its own choices and what it is pinned to; null for one that does not exist
 * @param preview what would happen; null while the environment is to be chosen
 */
public record PreviewPage(
        Migration migration,
        Environment environment,
        List<Environment> environments,
        Integer revision,
        Run run,
        Preview preview) {

    private static final List<String> PURPOSES = List.of("rehearsal", "live", "rollback");

    public PreviewPage {
        environments = List.copyOf(environments);
    }

    public boolean isProduction() {
        return environment != null && environment.tier().isProduction();
    }

    /** The same with what the databases said. */
    PreviewPage with(Preview asked) {
        return new PreviewPage(migration, environment, environments, revision, run, asked);
    }

    /** To what a run would belong. */
    public Where where() {
        return Where.of(migration.service(), environment.key());
    }

    /** The purpose that is shown. */
    public String purposeWords() {
        return words(preview.purpose());
    }

    /** A purpose for people. */
    public String words(String purpose) {
        return switch (purpose) {
            case "live" -> "live run";
            case "rollback" -> "rollback of everything";
            default -> purpose;
        };
    }

    /** The other purposes; nobody rehearses in production. */
    public List<String> others() {
        return PURPOSES.stream()
                .filter(each -> !each.equals(preview.purpose()))
                .flatMap(each -> isProduction() && each.equals("rehearsal") ? Stream.of() : Stream.of(each))
                .toList();
    }
}
