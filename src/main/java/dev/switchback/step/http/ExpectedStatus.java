package dev.switchback.step.http;

import dev.switchback.step.Action;
import dev.switchback.step.CouldNotAskException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code expectStatus}: a number, a range such as {@code 200-299}, or a list of both; default 200-299.
 *
 * @param accepted numbers and ranges
 */
public record ExpectedStatus(List<String> accepted) {

    private static final Pattern FORM = Pattern.compile("[1-5]\\d\\d(\\s*-\\s*[1-5]\\d\\d)?");

    /**
     * What an action states, or its default.
     *
     * @throws CouldNotAskException when it is none of these
     */
    public static ExpectedStatus of(Action action) {
        List<String> stated = action.texts("expectStatus").stream()
                .flatMap(text -> List.of(text.split(",")).stream())
                .map(String::strip)
                .toList();
        stated.stream()
                .filter(text -> !FORM.matcher(text).matches())
                .findFirst()
                .ifPresent(wrong -> {
                    throw new CouldNotAskException(
                            "expectStatus is " + wrong, "a status, a range such as 200-299, or a list");
                });
        return new ExpectedStatus(stated.isEmpty() ? List.of("200-299") : stated);
    }

    /** Whether an answer with this status is as expected. */
    public boolean accepts(int status) {
        return accepted.stream().anyMatch(each -> {
            String[] ends = each.split("\\s*-\\s*");
            return status >= Integer.parseInt(ends[0]) && status <= Integer.parseInt(ends[ends.length - 1]);
        });
    }

    @Override
    public String toString() {
        return "status " + String.join(" or ", accepted);
    }
}
