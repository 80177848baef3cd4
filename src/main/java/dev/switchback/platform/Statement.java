package dev.switchback.platform;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One statement with its parameters, so that a test can look at the plan of the very statement that a page sends.
 *
 * @param sql the text; {@code :name} stands for a parameter
 * @param parameters the value of each; those that the text does not name are left out
 */
public record Statement(String sql, Map<String, Object> parameters) {

    public Statement {
        parameters = parameters.entrySet().stream()
                .filter(parameter -> sql.matches("(?s).*:" + parameter.getKey() + "\\b.*"))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The query with its parameters set; a row of one value is that value. Its class is left out on purpose: Hibernate 7.2
     * does not know a query with the class of a single value again, plans it anew each time, and fills its cache with it.
     */
    public Query in(EntityManager entities) {
        return filled(entities.createNativeQuery(sql));
    }

    /** The same, whose rows are entities, or arrays of several values. */
    public Query in(EntityManager entities, Class<?> rows) {
        return filled(entities.createNativeQuery(sql, rows));
    }

    private Query filled(Query query) {
        parameters.forEach(query::setParameter);
        return query;
    }
}
