package dev.switchback.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.access.GivenGrant;
import dev.switchback.access.Grant;
import dev.switchback.access.Person;
import dev.switchback.access.Team;
import java.time.Instant;
import java.util.List;

/**
 * A person as programs see them. What is null is not for the one who asks.
 *
 * @param grants what was granted to them here
 * @param provided what the identity provider says they are
 * @param through what they hold through teams
 * @param teams the names of their teams
 * @param localAdmin whether their password opens also while an identity provider is in charge
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersonView(
        String name,
        String displayName,
        boolean active,
        List<GrantView> grants,
        List<GrantView> provided,
        List<GrantView> through,
        List<String> teams,
        Boolean hasPassword,
        Boolean localAdmin,
        Integer revision,
        Instant createdAt,
        Instant changedAt,
        String changedBy) {

    /** A role and its limits. @param team through whom, where that is not the person */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GrantView(String role, String service, String environment, String team) {

        static GrantView of(GivenGrant given) {
            Grant grant = given.grant();
            return new GrantView(
                    grant.role().word(),
                    grant.service(),
                    grant.environment(),
                    given.team() == null ? null : given.team().name());
        }

        /** Without through whom: where it is the holder's own. */
        static GrantView own(GivenGrant given) {
            Grant grant = given.grant();
            return new GrantView(grant.role().word(), grant.service(), grant.environment(), null);
        }
    }

    /** What everybody may know. */
    static PersonView ofStranger(Person person) {
        return new PersonView(
                person.name(),
                person.displayName(),
                person.isActive(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The same with what was granted to them, in a list. */
    static PersonView inList(Person person, List<GivenGrant> own) {
        return of(person, own, null, null);
    }

    static PersonView of(Person person, List<GivenGrant> own, List<GivenGrant> through, List<Team> teams) {
        return new PersonView(
                person.name(),
                person.displayName(),
                person.isActive(),
                own.stream().filter(GivenGrant::isLocal).map(GrantView::own).toList(),
                own.stream().filter(each -> !each.isLocal()).map(GrantView::own).toList(),
                through == null ? null : through.stream().map(GrantView::of).toList(),
                teams == null ? null : teams.stream().map(Team::name).toList(),
                person.hasPassword(),
                person.isLocalAdmin(),
                person.revision(),
                person.createdAt(),
                person.changedAt(),
                person.changedBy());
    }
}
