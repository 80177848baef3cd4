package dev.switchback.access;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who was granted what. */
@ApplicationScoped
public class GivenGrants implements PanacheRepository<GivenGrant> {

    /** What was granted to this person or this team itself, the oldest first. */
    public List<GivenGrant> of(Holder holder) {
        return find("from GivenGrant g where g." + holder.kind() + " = ?1 order by g.id", holder)
                .list();
    }

    /** The same for several people at once, by the number of the person. */
    public Map<Long, List<GivenGrant>> ofPeople(Set<Long> people) {
        return find("from GivenGrant g where g.person.id in ?1 order by g.id", people).stream()
                .collect(Collectors.groupingBy(GivenGrant::personId));
    }

    /** What this person holds through teams that are still there, by team. */
    public List<GivenGrant> throughTeams(Person person) {
        return find(
                        "select g from GivenGrant g join fetch g.team t join t.members m where m = ?1 and t.active"
                                + " order by t.name, g.id",
                        person)
                .list();
    }

    /** Everything that active people hold, themselves or through teams that are still there, in one look. */
    @SuppressWarnings("unchecked")
    public List<HeldGrant> ofEverybody() {
        List<Object[]> rows = getEntityManager()
                .createNativeQuery("SELECT p.name, p.display_name, g.role, g.service, g.environment, t.name, g.source"
                        + " FROM person p JOIN role_grant g ON g.person_id = p.id OR g.team_id IN"
                        + " (SELECT m.team_id FROM team_member m WHERE m.person_id = p.id)"
                        + " LEFT JOIN team t ON t.id = g.team_id"
                        + " WHERE p.active AND (t.id IS NULL OR t.active) ORDER BY p.name, g.id")
                .getResultList();
        return rows.stream().map(HeldGrant::of).toList();
    }
}
