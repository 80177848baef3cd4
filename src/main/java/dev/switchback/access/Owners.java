package dev.switchback.access;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.TreeSet;

/**
 * Who owns things: any text, often the name of a person or a team. Templates know it as {@code cdi:owners}.
 */
@Named("owners")
@RequestScoped
public class Owners {

    private static final int AT_MOST = 200;

    @Inject
    EntityManager entities;

    /** That the owner has left, as a sentence; null when they are here, or when nobody is called so. */
    public String gone(String owner) {
        List<?> left = entities.createNativeQuery("SELECT p.display_name || ' has left' FROM person p"
                        + " WHERE p.name = :name AND NOT p.active UNION ALL"
                        + " SELECT t.display_name || ' is no more' FROM team t WHERE t.name = :name AND NOT t.active")
                .setParameter("name", owner)
                .getResultList();
        return left.isEmpty() ? null : left.get(0) + ", and owns this.";
    }

    /** These, and the people and teams that are here, by name. */
    @SuppressWarnings("unchecked")
    public List<String> suggested(List<String> known) {
        var all = new TreeSet<>(known);
        all.addAll(entities.createNativeQuery("SELECT p.name FROM person p WHERE p.active UNION ALL"
                        + " SELECT t.name FROM team t WHERE t.active ORDER BY 1")
                .setMaxResults(AT_MOST)
                .getResultList());
        return List.copyOf(all);
    }
}
