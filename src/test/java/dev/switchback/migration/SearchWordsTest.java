package dev.switchback.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found by what, before any database is asked. */
class SearchWordsTest {

    private static Set<String> words(String text) {
        var words = new LinkedHashSet<String>();
        SearchWords.collect(text, words);
        return words;
    }

    /** As the database answers it: every asked word is the beginning of a kept one. */
    private static boolean finds(String asked, String text) {
        var words = SearchWords.asked(asked).words();
        return !words.isEmpty()
                && words.stream().allMatch(word -> words(text).stream().anyMatch(kept -> kept.startsWith(word)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        settings_v2            | SELECT key, value FROM settings_v2 WHERE key = 'a'
        v2                     | settings_v2
        settings               | shop-settings-v2
        settings-v2            | shop-settings-v2
        shop-settings-v2       | shop-settings-v2
        SHOP SETTINGS          | shop-settings-v2
        shop-set               | shop-settings-v2
        /api/products          | GET /api/products?category={category}
        products category      | GET /api/products?category={category}
        GET                    | GET /api/products?category={category}
        get api                | GET /api/products?category={category}
        CREATE INDEX           | create index concurrently product_by_price on product (price_cents)
        index create           | create index concurrently product_by_price on product (price_cents)
        price_cents            | on product (price_cents)
        readFrom               | await client.readFrom(table)
        from                   | await client.readFrom(table)
        readfrom               | await client.readFrom(table)
        readFrom               | {read_from: settings_v2}
        read-from              | READ_FROM=file
        server                 | HTTPServer
        HTTPServer             | httpserver
        10.0.0.5               | hosts: [10.0.0.5, 10.0.0.6:2222]
        10.0.0.6:2222          | hosts: [10.0.0.5, 10.0.0.6:2222]
        tracker.example        | https://tracker.example/SHOP-12
        SHOP-12                | https://tracker.example/SHOP-12
        cafe                   | Café
        CAFÉ                   | cafe
        strasse                | STRASSE
        ölfilter               | Ölfilter
        数据库                    | 迁移数据库设置
        a/b/c/d/e/f/g/h        | see a/b/c/d/e/f/g/h.txt
        """)
    void is_found(String asked, String text) {
        assertThat(finds(asked, text)).as(asked + " in " + text).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        settings_v3            | settings_v2
        ettings                | settings_v2
        settings_v2            | v2 settings
        /api/orders            | GET /api/products?category={category}
        readFrom               | read it, from there
        库据                     | 迁移数据库设置
        a/b/c/d/e/f/g/x        | see a/b/c/d/e/f/g/h.txt
        """)
    void is_not_found(String asked, String text) {
        assertThat(finds(asked, text)).as(asked + " in " + text).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "%", "'", "\"", "& | ! ( ) : * <->", "\\", "--", "\u0000", "\ud800", "…", "🙂"})
    void signs_alone_are_no_words(String asked) {
        assertThat(SearchWords.asked(asked).words()).isEmpty();
    }

    @Test
    void a_query_holds_nothing_that_the_database_could_take_for_an_operator() {
        String query = SearchWords.asked("it's & (a|b):* !c <-> \\ 'd' \"e\" %f_g% 100% ; drop table")
                .query();
        assertThat(query)
                .isEqualTo("'it':* & 's':* & 'a':* & 'b':* & 'c':* & 'd':* & 'e':* & 'fg':* & '100':* & 'drop':* &"
                        + " 'table':*");
    }

    @Test
    void of_ten_thousand_signs_the_first_words_count_and_it_says_so() {
        String much = IntStream.range(0, 2000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        assertThat(SearchWords.asked(much).words()).hasSize(32).startsWith("w0", "w1");
        assertThat(SearchWords.asked(much).isCut()).isTrue();
        assertThat(SearchWords.asked("x".repeat(10_000)).words()).containsExactly("x".repeat(64));
        assertThat(finds("x".repeat(10_000), "x".repeat(10_001))).isTrue();
        assertThat(SearchWords.asked("a-".repeat(5_000)).words()).hasSizeLessThanOrEqualTo(32);
    }

    @Test
    void a_hit_stands_where_it_stood_in_the_text() {
        String text = "CREATE TABLE IF NOT EXISTS settings_v2 (key text)";
        assertThat(SearchWords.find(text, "settingsv2")).contains(new SearchWords.Hit(27, 38));
        assertThat(SearchWords.find("Das Cafe\u0301 öffnet", "cafe")).contains(new SearchWords.Hit(4, 9));
        assertThat(SearchWords.find(text, "nowhere")).isEqualTo(Optional.empty());
    }
}
