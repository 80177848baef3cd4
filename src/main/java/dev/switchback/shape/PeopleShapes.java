package dev.switchback.shape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.problem.Violation;
import java.util.List;

/** What a program may say of people and teams. The only place where it is checked. */
public final class PeopleShapes {

    private static final Shape ROLE = ChoiceShape.of("viewer", "author", "operator", "approver", "admin");

    private static final Shape SERVICE = TextShape.matching(
            "one line of text, at most " + Limits.TITLE + " characters",
            Limits.TITLE,
            "[^\\p{Cc}\\p{Zl}\\p{Zp}]*\\S[^\\p{Cc}\\p{Zl}\\p{Zp}]*");

    private static final Shape GRANTS = ListShape.of(ObjectShape.named("grant")
                    .required("role", ROLE)
                    .optional("service", SERVICE)
                    .optional("environment", Atoms.KEY))
            .atMost(200);

    private static final ObjectShape PERSON = ObjectShape.named("person")
            .optional("displayName", SERVICE)
            .optional("password", Atoms.TEXT)
            .optional("active", Atoms.FLAG)
            .optional("localAdmin", Atoms.FLAG)
            .optional("grants", GRANTS);

    private static final ObjectShape TEAM = ObjectShape.named("team")
            .optional("displayName", SERVICE)
            .optional("active", Atoms.FLAG)
            .optional("members", Atoms.LINES)
            .optional("grants", GRANTS);

    private PeopleShapes() {}

    /** Everything that is wrong with somebody new. */
    public static List<Violation> validateNewPerson(JsonNode content) {
        return RunbookShapes.validate(content, PERSON.required("name", Atoms.DOCUMENT_KEY));
    }

    /** Everything that is wrong with what is said of somebody who is there; the name may be said again. */
    public static List<Violation> validatePerson(JsonNode content) {
        return RunbookShapes.validate(content, PERSON.optional("name", Atoms.LINE));
    }

    /** Everything that is wrong with a new team. */
    public static List<Violation> validateNewTeam(JsonNode content) {
        return RunbookShapes.validate(content, TEAM.required("name", Atoms.DOCUMENT_KEY));
    }

    /** Everything that is wrong with what is said of a team that is there; the name may be said again. */
    public static List<Violation> validateTeam(JsonNode content) {
        return RunbookShapes.validate(content, TEAM.optional("name", Atoms.LINE));
    }

    /** Everything that is wrong with one grant, by the name of the field. */
    public static List<Violation> validateGrant(JsonNode content) {
        return RunbookShapes.validate(
                content,
                ObjectShape.named("grant")
                        .required("role", ROLE)
                        .optional("service", SERVICE)
                        .optional("environment", Atoms.KEY));
    }
}
