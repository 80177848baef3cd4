package dev.switchback.exchange;

import dev.switchback.problem.Violation;
import java.util.List;

/**
 * A runbook file after reading.
 *
 * @param documents the documents without a problem of their own, in the order of the file; nothing of a file with
 *     problems may be stored
 * @param problems everything that is wrong, in the order of the lines; empty when the whole file is right
 */
public record ReadFile(List<ReadDocument> documents, List<Violation> problems) {

    public ReadFile {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }

    static ReadFile refused(Violation problem) {
        return new ReadFile(List.of(), List.of(problem));
    }
}
