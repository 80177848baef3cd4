package dev.switchback.web;

import dev.switchback.problem.Problem;
import io.quarkus.qute.TemplateExtension;

/** The third fixed line of every error. */
@TemplateExtension
final class ProblemLabels {

    private ProblemLabels() {}

    /** Whether the same request can be sent again, in words. */
    static String repeat(Problem problem) {
        return switch (problem.status()) {
            case 404 -> "It would give the same answer. Nothing was changed.";
            case 412 -> "Not as it is: load the page again, then decide anew. Nothing was changed.";
            case 413 -> "It would give the same answer; make it smaller first. Nothing was changed.";
            case 422 -> "Yes, once it is put right. Nothing was stored.";
            default ->
                problem.retrySafe()
                        ? "Yes, without harm. Nothing was changed."
                        : "Look first: part of it may have happened.";
        };
    }
}
