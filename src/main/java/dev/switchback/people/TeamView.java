package dev.switchback.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.access.GivenGrant;
import dev.switchback.access.Person;
import dev.switchback.access.Team;
import java.time.Instant;
import java.util.List;

/** A team as programs see it. What is null is not for the one who asks. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TeamView(
        String name,
        String displayName,
        boolean active,
        List<String> members,
        List<PersonView.GrantView> grants,
        Integer revision,
        Instant changedAt,
        String changedBy) {

    /** What everybody may know. */
    static TeamView ofStranger(Team team) {
        return new TeamView(team.name(), team.displayName(), team.isActive(), null, null, null, null, null);
    }

    static TeamView of(Team team, List<GivenGrant> grants) {
        return new TeamView(
                team.name(),
                team.displayName(),
                team.isActive(),
                team.members().stream().map(Person::name).toList(),
                grants.stream().map(PersonView.GrantView::own).toList(),
                team.revision(),
                team.changedAt(),
                team.changedBy());
    }
}
