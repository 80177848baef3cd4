package dev.switchback.people;

import dev.switchback.access.GivenGrant;
import dev.switchback.access.Holder;
import dev.switchback.access.Person;
import dev.switchback.access.Role;
import dev.switchback.access.Team;
import java.util.List;

/**
 * The page of a person or a team.
 *
 * @param holder whose
 * @param reader what the one who looks may
 * @param held what they hold; empty when that is not for the reader
 * @param belongs to whom they belong, or who belongs to them
 * @param choices what a form suggests
 * @param tried what was refused just now
 */
public record HolderPage(Holder holder, Reader reader, Held held, Belongs belongs, Choices choices, Tried tried) {

    /** The one who looks. @param admin whether they may change it @param sees whether grants are for them */
    public record Reader(boolean admin, boolean sees) {}

    /** @param own granted to themself @param through granted to their teams @param places what follows from both */
    public record Held(List<GivenGrant> own, List<GivenGrant> through, List<PlaceRow> places) {}

    /** @param teams the teams of a person @param members the people of a team @param owned what answers to them */
    public record Belongs(List<Team> teams, List<Person> members, Owned owned) {}

    /** @param services known ones @param environments the keys of registered ones @param people who is no member */
    public record Choices(List<String> services, List<String> environments, List<String> people) {}

    public boolean isTeam() {
        return holder.kind().equals("team");
    }

    /** Whether their password opens also while an identity provider is in charge. */
    public boolean isLocalAdmin() {
        return holder instanceof Person person && person.isLocalAdmin();
    }

    /** Whether they could sign in with a password at all. */
    public boolean isWithPassword() {
        return holder instanceof Person person && person.hasPassword();
    }

    public List<Role> roles() {
        return List.of(Role.values());
    }

    /** Whether a grant names an environment that nobody registered, so far. */
    public boolean isUnknown(GivenGrant given) {
        String environment = given.grant().environment();
        return environment != null && !choices.environments().contains(environment);
    }

    /** Whether a grant names a service that no migration speaks of, so far. */
    public boolean isUnheard(GivenGrant given) {
        String service = given.grant().service();
        return service != null
                && choices.services().size() <= 100
                && !choices.services().contains(service);
    }
}
