package dev.switchback.demo.shop;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The settings in the table {@code settings_v2}: where they are going. */
record SettingsTable(Database database) implements SettingsSource {

    @Override
    public Map<String, String> read() {
        try {
            var values = new TreeMap<String, String>();
            database.query(
                    "SELECT name, value FROM settings_v2", row -> values.put(row.getString(1), row.getString(2)));
            return values;
        } catch (SQLException e) {
            throw new SourceUnavailable("the settings table cannot be read: " + e.getMessage(), e);
        }
    }

    /** Makes the table hold exactly these, in one transaction: readers see all of the old or all of the new. */
    void replace(Map<String, String> values) {
        try {
            database.inTransaction(connection -> {
                try (var delete = connection.prepareStatement("DELETE FROM settings_v2");
                        var insert =
                                connection.prepareStatement("INSERT INTO settings_v2 (name, value) VALUES (?, ?)")) {
                    delete.executeUpdate();
                    for (var setting : values.entrySet()) {
                        insert.setString(1, setting.getKey());
                        insert.setString(2, setting.getValue());
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
            });
        } catch (SQLException e) {
            throw new SourceUnavailable("the settings table cannot be written: " + e.getMessage(), e);
        }
    }
}
