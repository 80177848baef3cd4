package dev.switchback.comparison;

import dev.switchback.problem.ProblemException;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** What a run came to, asked by the run itself when it has measured its last leg. */
@ApplicationScoped
public class CompareRun {

    @Inject
    Compare compare;

    /** The comparison of its legs; empty when there is nothing to compare. */
    @Transactional(dontRollbackOn = ProblemException.class)
    public Optional<KeptComparison> compare(long run) {
        try {
            return Optional.of(compare.ofRun(run, "run " + run));
        } catch (ProblemException e) {
            Log.debugf("run %d is not compared: %s", run, e.problem().detail());
            return Optional.empty();
        }
    }
}
