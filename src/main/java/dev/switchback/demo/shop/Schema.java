package dev.switchback.demo.shop;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables of the shop and their first contents. Filled once, in one transaction: a start that was interrupted leaves
 * nothing half done.
 */
record Schema(Database database) {

    private static final String PRODUCT = """
            CREATE TABLE product (
                id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                sku         text NOT NULL,
                name        text NOT NULL,
                category    text NOT NULL,
                brand       text NOT NULL,
                price_cents integer NOT NULL,
                stock       integer NOT NULL,
                description text NOT NULL
            )""";

    private static final String PRODUCTS = """
            INSERT INTO product (sku, name, category, brand, price_cents, stock, description)
            SELECT 'SKU-' || lpad(n::text, 7, '0'),
                   (ARRAY['Ridge', 'Harbour', 'Lark', 'Fell', 'Tarn', 'Moor', 'Cairn', 'Birch', 'Gale', 'Ember'])[1 + n / 7 % 10]
                       || ' ' || (ARRAY['Light', 'Classic', 'Pro', 'Winter', 'Trail', 'City', 'Junior'])[1 + n % 7] || ' ' || n,
                   (ARRAY['shoes', 'hats', 'socks', 'jackets', 'tents', 'packs', 'gloves', 'lamps', 'stoves', 'bottles'])[1 + n % 10],
                   (ARRAY['Northfell', 'Kestrel', 'Umbra', 'Solvang', 'Tidewater'])[1 + n / 3 % 5],
                   500 + (n * 7919::bigint % 30000)::integer,
                   n % 50,
                   repeat('Made for long days outside. ', 12)
            FROM generate_series(1, ?) AS n""";

    /** Creates and fills what is missing; returns at once when it is all there. */
    void create(int products) throws SQLException {
        boolean[] there = new boolean[1];
        database.query("SELECT to_regclass('product') IS NOT NULL", row -> there[0] = row.getBoolean(1));
        if (there[0]) {
            return;
        }
        database.inTransaction(connection -> {
            try (Statement table = connection.createStatement();
                    PreparedStatement rows = connection.prepareStatement(PRODUCTS)) {
                table.execute(PRODUCT);
                rows.setInt(1, products);
                rows.executeUpdate();
                // Without it the planner makes up its first plans.
                table.execute("ANALYZE product");
            }
        });
    }
}
