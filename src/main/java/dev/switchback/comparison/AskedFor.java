package dev.switchback.comparison;

import dev.switchback.access.Caller;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.web.Query;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which comparison an address asks for: {@code ?before=1&after=2}, or {@code ?run=3}. */
@ApplicationScoped
class AskedFor {

    private static final int AT_MOST = 10;

    @Inject
    Compare compare;

    /**
     * The comparison.
     *
     * @throws dev.switchback.problem.ProblemException 404, 409 and 422 as {@link Compare}; 422 with everything that is
     *     wrong with the parameters
     */
    KeptComparison comparison(List<String> before, List<String> after, String run, Caller caller) {
        Optional<String> asked = Query.filled(run);
        if (asked.isPresent()) {
            if (!said(before).isEmpty() || !said(after).isEmpty()) {
                throw Problem.content("Both a run and measurements are named", "run, or before and after")
                        .toException();
            }
            var wrong = new ArrayList<Violation>();
            Optional<Long> number = number("run", asked.get(), wrong);
            refuse(wrong);
            return compare.ofRun(number.orElseThrow(), caller.name());
        }
        var wrong = new ArrayList<Violation>();
        List<Long> befores = numbers("before", before, wrong);
        List<Long> afters = numbers("after", after, wrong);
        refuse(wrong);
        return compare.ofMeasurements(befores, afters, caller);
    }

    private static List<String> said(List<String> values) {
        return values == null
                ? List.of()
                : values.stream()
                        .flatMap(value -> List.of(value.split(",")).stream())
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .toList();
    }

    private static List<Long> numbers(String field, List<String> values, List<Violation> wrong) {
        List<String> said = said(values);
        if (said.isEmpty() || said.size() > AT_MOST) {
            wrong.add(Violation.of(
                    field,
                    said.isEmpty()
                            ? "No measurement is named for the side " + field
                            : "There are more than " + AT_MOST + " measurements for the side " + field,
                    "the number of a measurement, or run=NUMBER for all legs of a run"));
        }
        return said.stream()
                .map(value -> number(field, value, wrong))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Long> number(String field, String value, List<Violation> wrong) {
        try {
            return Optional.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            wrong.add(Violation.of(
                    field,
                    field + " is “" + value + "”",
                    "the number of a " + (field.equals("run") ? "run" : "measurement")));
            return Optional.empty();
        }
    }

    private static void refuse(List<Violation> wrong) {
        if (!wrong.isEmpty()) {
            throw Problem.content(wrong).toException();
        }
    }
}
