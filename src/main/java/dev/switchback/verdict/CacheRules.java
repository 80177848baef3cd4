package dev.switchback.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules of MEASURING.md section 5, in their order. What the metric itself declares comes first. Where a header has
 * several members, the last is nearest to whoever asked. An answer for which the origin had to be asked, if only whether
 * it is still fresh, is a miss: it took that long.
 */
final class CacheRules {

    private static final List<String> USUAL_HEADERS = List.of(
            "X-Cache",
            "CF-Cache-Status",
            "X-Cache-Status",
            "X-LiteSpeed-Cache",
            "X-Proxy-Cache",
            "X-WP-Cache",
            "X-FastCGI-Cache",
            "X-Varnish-Cache",
            "X-Drupal-Cache",
            "X-Vercel-Cache",
            "X-Nextjs-Cache");

    private static final Set<String> MISSES =
            Set.of("MISS", "EXPIRED", "REVALIDATED", "REFRESH", "REFRESHHIT", "REFRESHMISS");
    private static final Set<String> HITS = Set.of("HIT", "STALE", "UPDATING");
    private static final Set<String> BYPASSES = Set.of("BYPASS", "DYNAMIC", "PASS", "NONE", "UNCACHEABLE");

    private static final Set<String> FORWARDED_MISS = Set.of("stale", "miss", "uri-miss", "vary-miss", "partial");
    private static final Set<String> FORWARDED_BYPASS = Set.of("bypass", "method", "request");

    private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
    private static final Pattern SEMICOLON = Pattern.compile(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
    private static final int SHOWN = 200;

    private final Map<String, List<String>> headers;
    private final CacheClass.Declared declared;

    private CacheRules(Map<String, List<String>> headers, CacheClass.Declared declared) {
        this.headers = headers;
        this.declared = declared;
    }

    static CacheClass read(Map<String, List<String>> headers, CacheClass.Declared declared) {
        var rules = new CacheRules(headers, declared);
        return Stream.<Supplier<Optional<CacheClass>>>of(
                        rules::declared,
                        rules::cacheStatus,
                        rules::usualHeaders,
                        rules::serverTiming,
                        rules::age,
                        rules::databaseCalls)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(CacheClass.UNKNOWN);
    }

    static Integer dbCalls(Map<String, List<String>> headers, CacheClass.Declared declared) {
        var rules = new CacheRules(headers, declared);
        return rules.header(Objects.requireNonNullElse(declared.dbCallsHeader(), "X-DB-Calls"))
                .flatMap(CacheRules::whole)
                .or(() -> rules.timing(Set.of("db"), "desc").flatMap(CacheRules::whole))
                .orElse(null);
    }

    private Optional<CacheClass> declared() {
        return Optional.ofNullable(declared.cacheHeader())
                .flatMap(name ->
                        header(name).flatMap(value -> declaredState(value).map(state -> told(state, name, value))));
    }

    /** With a declared word for a hit, everything else that is no bypass is a miss. */
    private Optional<CacheState> declaredState(String value) {
        if (declared.cacheHit() == null) {
            return state(last(value));
        }
        String last = last(value).toLowerCase(Locale.ROOT);
        boolean hit = Arrays.stream(declared.cacheHit().split(","))
                .map(word -> word.trim().toLowerCase(Locale.ROOT))
                .anyMatch(word -> !word.isEmpty() && last.contains(word));
        if (hit) {
            return Optional.of(CacheState.HIT);
        }
        return Optional.of(state(last).filter(CacheState.BYPASS::equals).orElse(CacheState.MISS));
    }

    /** RFC 9211: {@code hit}, or why the request was forwarded. */
    private Optional<CacheClass> cacheStatus() {
        return header("Cache-Status")
                .flatMap(value -> forwarded(last(value)).map(state -> told(state, "Cache-Status", value)));
    }

    private static Optional<CacheState> forwarded(String member) {
        List<String> parameters = SEMICOLON
                .splitAsStream(member)
                .skip(1)
                .map(part -> part.trim().toLowerCase(Locale.ROOT))
                .toList();
        if (parameters.contains("hit") || parameters.contains("hit=?1")) {
            return Optional.of(CacheState.HIT);
        }
        return parameters.stream()
                .filter(part -> part.startsWith("fwd="))
                .map(part -> part.substring("fwd=".length()).trim())
                .map(CacheRules::reason)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<CacheState> reason(String forwarded) {
        if (FORWARDED_BYPASS.contains(forwarded)) {
            return Optional.of(CacheState.BYPASS);
        }
        return FORWARDED_MISS.contains(forwarded) ? Optional.of(CacheState.MISS) : Optional.empty();
    }

    private Optional<CacheClass> usualHeaders() {
        return USUAL_HEADERS.stream()
                .map(name -> header(name).flatMap(value -> state(last(value)).map(state -> told(state, name, value))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<CacheClass> serverTiming() {
        return timing(Set.of("cache", "cdn-cache"), "desc")
                .flatMap(words -> state(words).map(state -> told(state, "Server-Timing", words)));
    }

    /** {@code Age: 0} proves nothing. */
    private Optional<CacheClass> age() {
        return header("Age")
                .flatMap(CacheRules::whole)
                .filter(seconds -> seconds > 0)
                .map(seconds -> told(CacheState.HIT, "Age", seconds.toString()));
    }

    /** Only when the metric declares the header: a whole page that took no call came from the page cache. */
    private Optional<CacheClass> databaseCalls() {
        return Optional.ofNullable(declared.dbCallsHeader())
                .flatMap(name -> header(name)
                        .flatMap(CacheRules::whole)
                        .map(calls -> told(calls == 0 ? CacheState.HIT : CacheState.MISS, name, calls.toString())));
    }

    private Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .map(header -> String.join(", ", header.getValue()).trim())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private Optional<String> timing(Set<String> names, String parameter) {
        return header("Server-Timing").stream()
                .flatMap(COMMA::splitAsStream)
                .map(entry -> SEMICOLON.splitAsStream(entry).map(String::trim).toList())
                .filter(parts -> names.contains(parts.get(0).toLowerCase(Locale.ROOT)))
                .flatMap(parts -> parts.stream().skip(1))
                .map(part -> part.split("\\s*=\\s*", 2))
                .filter(part -> part.length == 2 && part[0].equalsIgnoreCase(parameter))
                .map(part -> part[1].replace("\"", "").trim())
                .findFirst();
    }

    private static String last(String value) {
        String[] members = COMMA.split(value);
        return members.length == 0 ? "" : members[members.length - 1].trim();
    }

    private static Optional<CacheState> state(String words) {
        Set<String> said =
                Set.copyOf(Arrays.asList(words.toUpperCase(Locale.ROOT).split("[^A-Z]+")));
        if (said.stream().anyMatch(MISSES::contains)) {
            return Optional.of(CacheState.MISS);
        }
        if (said.stream().anyMatch(HITS::contains)) {
            return Optional.of(CacheState.HIT);
        }
        return said.stream().anyMatch(BYPASSES::contains) ? Optional.of(CacheState.BYPASS) : Optional.empty();
    }

    private static Optional<Integer> whole(String text) {
        String trimmed = last(text);
        return WHOLE.matcher(trimmed).matches() ? Optional.of(Integer.parseInt(trimmed)) : Optional.empty();
    }

    private static CacheClass told(CacheState state, String header, String value) {
        String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN - 1) + "…";
        return new CacheClass(state, header + ": " + shown);
    }
}
