package dev.switchback.demo.shop;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The products, priced with the settings of the moment. */
final class Catalogue {

    /** Slow on purpose, and honestly so: no index helps to find a category or to sort by price. */
    private static final String LIST = """
            SELECT id, name, brand, price_cents, stock FROM product
            WHERE category = ? AND stock > 0 ORDER BY price_cents, name LIMIT ?""";

    private static final String CATEGORIES = "SELECT DISTINCT category FROM product";

    private static final int BARGAINS = 10;
    private static final Duration BARGAINS_KEPT = Duration.ofHours(1);

    private static final String ONE = "SELECT id, name, brand, price_cents, stock, category FROM product WHERE id = ?";

    /** An answer and whether it came from the cache. */
    record Found(Object answer, boolean cached) {}

    private final Database database;
    private final LiveSettings settings;
    private final ProductCache cache;
    private final Flags flags;
    private volatile Pricing pricing;

    Catalogue(Database database, LiveSettings settings, ProductCache cache, Flags flags) {
        this.database = database;
        this.settings = settings;
        this.cache = cache;
        this.flags = flags;
        this.pricing = flags.pricing();
    }

    Pricing pricing() {
        return pricing;
    }

    /** Finds prices like this from now on, also after a restart. */
    synchronized void price(Pricing wanted) {
        flags.pricing(wanted);
        pricing = wanted;
    }

    /** The cheapest products of a category that are in stock. */
    Found list(String category) throws SQLException {
        LiveSettings.Current now = settings.current();
        String key = "products:" + now.from().word() + ":" + category;
        Optional<Object> kept = cache.find(key);
        if (kept.isPresent()) {
            return new Found(kept.get(), true);
        }
        Object answer = read(category, now.settings(), now.settings().listSize());
        cache.put(key, answer);
        return new Found(answer, false);
    }

    /**
     * The few cheapest of a category. A visitor does not fill the cache with them: a job does at night, or whoever
     * {@link #fillBargains asks for it}.
     */
    Found bargains(String category) throws SQLException {
        LiveSettings.Current now = settings.current();
        Optional<Object> kept = cache.find(bargainsKey(now, category));
        return kept.isPresent()
                ? new Found(kept.get(), true)
                : new Found(read(category, now.settings(), BARGAINS), false);
    }

    /** Keeps the bargains of every category for an hour and answers how many categories there are. */
    int fillBargains() throws SQLException {
        LiveSettings.Current now = settings.current();
        var categories = new ArrayList<String>();
        database.query(CATEGORIES, row -> categories.add(row.getString(1)));
        for (String category : categories) {
            cache.put(bargainsKey(now, category), read(category, now.settings(), BARGAINS), BARGAINS_KEPT);
        }
        return categories.size();
    }

    private static String bargainsKey(LiveSettings.Current now, String category) {
        return "bargains:" + now.from().word() + ":" + category;
    }

    /** One product, never cached. */
    Optional<Map<String, Object>> one(long id) throws SQLException {
        Settings now = settings.current().settings();
        Pricing present = pricing;
        var found = new ArrayList<Map<String, Object>>();
        database.query(
                ONE,
                row -> {
                    var product = product(row.getLong(1), row.getString(2), row.getString(3), row.getInt(5), now);
                    product.put("price", now.price(present.net(row.getInt(4)), row.getString(6)));
                    found.add(product);
                },
                id);
        return found.stream().findFirst();
    }

    private Map<String, Object> read(String category, Settings now, int atMost) throws SQLException {
        List<Map<String, Object>> products = new ArrayList<>();
        database.query(
                LIST,
                row -> {
                    var product = product(row.getLong(1), row.getString(2), row.getString(3), row.getInt(5), now);
                    product.put("price", now.price(row.getInt(4), category));
                    products.add(product);
                },
                category,
                atMost);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("shop", now.shopName());
        answer.put("category", category);
        answer.put("currency", now.currency());
        answer.put("products", products);
        return answer;
    }

    private static Map<String, Object> product(long id, String name, String brand, int stock, Settings now) {
        var product = new LinkedHashMap<String, Object>();
        product.put("id", id);
        product.put("name", name);
        product.put("brand", brand);
        if (now.showStock()) {
            product.put("stock", stock);
        }
        return product;
    }
}
