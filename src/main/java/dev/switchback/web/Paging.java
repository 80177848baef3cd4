package dev.switchback.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Keyset paging: {@code ?limit=} and an opaque {@code ?after=}; the order is total and stable while rows are added. */
public final class Paging {

    /** What a page has when nobody says otherwise. */
    public static final int DEFAULT = 50;

    private static final int AT_MOST = 200;

    private Paging() {}

    /**
     * One page.
     *
     * @param items the things on it
     * @param next the link to the following page, absent on the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page<T>(List<T> items, String next) {

        /** The same page with other things. */
        public <U> Page<U> map(Function<T, U> to) {
            return new Page<>(items.stream().map(to).toList(), next);
        }
    }

    /** The limit that was asked for, or the default. */
    public static int limit(Integer wanted) {
        if (wanted == null) {
            return DEFAULT;
        }
        if (wanted < 1 || wanted > AT_MOST) {
            throw Problem.content("limit is " + wanted, "1 to " + AT_MOST).toException();
        }
        return wanted;
    }

    /**
     * Makes a page of what was fetched.
     *
     * @param fetched up to limit + 1 rows
     * @param limit how many a page has
     * @param address the address of the list, with its filters but without {@code after}
     * @param cursor the position of a row, for the link
     */
    public static <T> Page<T> page(List<T> fetched, int limit, String address, Function<T, String> cursor) {
        if (fetched.size() <= limit) {
            return new Page<>(fetched, null);
        }
        List<T> items = List.copyOf(fetched.subList(0, limit));
        return new Page<>(items, link(address, cursor.apply(items.get(limit - 1))));
    }

    /** The link to what follows a position in the list at this address. */
    public static String link(String address, Object position) {
        return address + (address.contains("?") ? "&" : "?") + "after=" + encode(position.toString());
    }

    /** A position that nobody should take apart. */
    public static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The position again, read by the caller's function.
     *
     * @throws dev.switchback.problem.ProblemException 400 when it is not one of ours
     */
    public static <T> T decode(String after, Function<String, T> read) {
        try {
            return read.apply(new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw Problem.syntax("after is not a position in this list", "the value from the next link")
                    .toException();
        }
    }
}
