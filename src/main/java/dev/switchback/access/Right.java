package dev.switchback.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be done, and who does it. Each names the roles that carry it (any of them is enough) and the scope that lets
 * a token use it; without a scope it needs the person.
 */
public enum Right {
    /** To know of it at all. Who writes meets what they write about; what is only looked at, {@link ReadScope} keeps. */
    READ("see this", Reach.TOUCHES, Set.of("read", "author", "operate"), Role.values()),
    /** To write a runbook and decide on its life. */
    AUTHOR("write this", Reach.COVERS, Set.of("author"), Role.AUTHOR),
    /** To say that somebody looked at what a program or a template wrote. */
    REVIEW("review this", Reach.COVERS, Set.of("author"), Role.AUTHOR, Role.APPROVER),
    /** To tick what has been done before a change. */
    TICK("tick this", Reach.TOUCHES, Set.of("author", "operate"), Role.AUTHOR, Role.OPERATOR, Role.APPROVER),
    /** To ask the targets of an environment whether they answer. */
    CHECK("ask its targets", Reach.TOUCHES, Set.of("operate"), Role.AUTHOR, Role.OPERATOR, Role.ADMIN),
    /** To measure and to rehearse below production. */
    REHEARSE("measure and rehearse here", Reach.COVERS, Set.of("operate"), Role.AUTHOR, Role.OPERATOR),
    /** To measure and run in production, and to run anything that is no rehearsal anywhere. */
    OPERATE("run this here", Reach.COVERS, Set.of("operate"), Role.OPERATOR),
    /** To approve what somebody else wrote and wants to run. */
    APPROVE("approve this", Reach.COVERS, Set.of(), Role.APPROVER),
    /** To say where an environment's commands go. */
    CONFIGURE("change this environment", Reach.COVERS, Set.of("author"), Role.ADMIN),
    /** To look after people, roles and other people's tokens. */
    ADMINISTER("look after people and roles", Reach.COVERS, Set.of(), Role.ADMIN);

    /** Whether a limited grant reaches what is not limited itself. */
    private enum Reach {
        COVERS,
        TOUCHES
    }

    private final String phrase;
    private final Reach reach;
    private final Set<String> scopes;
    private final List<Role> roles;

    Right(String phrase, Reach reach, Set<String> scopes, Role... roles) {
        this.phrase = phrase;
        this.reach = reach;
        this.scopes = scopes;
        this.roles = List.of(roles);
    }

    boolean isCarriedBy(Grant grant, Where where) {
        return roles.contains(grant.role()) && (reach == Reach.COVERS ? grant.covers(where) : grant.touches(where));
    }

    boolean isCarriedSomewhereBy(Grant grant) {
        return roles.contains(grant.role());
    }

    /** As a verb phrase: {@code see this}. */
    public String phrase() {
        return phrase;
    }

    /** What a token needs for it, any of them; empty when only a person may. */
    Set<String> scopes() {
        return scopes;
    }

    /** Who may, in the plural, for a page: {@code Authors and operators}. */
    public String who() {
        List<String> all = roles.stream().map(role -> role.word() + "s").toList();
        String joined = all.size() == 1
                ? all.get(0)
                : String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.get(all.size() - 1);
        return Character.toUpperCase(joined.charAt(0)) + joined.substring(1);
    }

    /** The roles, as a choice: {@code author or operator}. */
    String choice() {
        return roles.stream().map(Role::word).collect(Collectors.joining(" or "));
    }

    /** The right with this name; for tests and tables. */
    public static Optional<Right> find(String name) {
        return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
    }
}
