package dev.switchback.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Grant;
import dev.switchback.access.KeepPerson;
import dev.switchback.access.KeepTeam;
import dev.switchback.access.Role;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a program says of a person or a team.
 *
 * @param content checked; what is left out stays as it is
 */
record Body(ObjectNode content) {

    /** What an answer adds; sent back unchanged it is ignored. */
    private static final Set<String> OURS =
            Set.of("revision", "createdAt", "changedAt", "changedBy", "teams", "through", "provided", "hasPassword");

    static Body of(JsonNode sent, Function<JsonNode, List<Violation>> validate) {
        if (!(sent instanceof ObjectNode object)) {
            throw Problem.syntax("The body is not a JSON object", "a JSON object")
                    .toException();
        }
        ObjectNode content = object.deepCopy();
        content.remove(OURS);
        forgetNulls(content);
        content.path("grants").forEach(Body::forgetNulls);
        List<Violation> violations = validate.apply(content);
        if (!violations.isEmpty()) {
            throw Problem.content(violations).toException();
        }
        return new Body(content);
    }

    /** Nothing said and nothing there are the same. */
    private static void forgetNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(member -> member.getValue().isNull());
        }
    }

    String name() {
        return content.path("name").asText();
    }

    /** A name never changes: it is in every address, owner and record. */
    Body named(String name) {
        if (content.has("name") && !name().equals(name)) {
            throw Problem.content(List.of(Violation.of(
                            "name",
                            "The body says “" + name() + "”, the address “" + name + "”",
                            "the same name; a name never changes")))
                    .toException();
        }
        return this;
    }

    KeepPerson.Wanted person() {
        return new KeepPerson.Wanted(
                text("displayName"), text("password"), flag("active"), flag("localAdmin"), grants());
    }

    KeepTeam.Wanted team() {
        return new KeepTeam.Wanted(text("displayName"), flag("active"), members(), grants());
    }

    private String text(String member) {
        return content.path(member).textValue();
    }

    private Boolean flag(String member) {
        return content.has(member) ? content.get(member).booleanValue() : null;
    }

    private List<String> members() {
        if (!content.has("members")) {
            return null;
        }
        var names = new ArrayList<String>();
        content.get("members").forEach(name -> names.add(name.textValue()));
        return names;
    }

    private Set<Grant> grants() {
        if (!content.has("grants")) {
            return null;
        }
        var grants = new LinkedHashSet<Grant>();
        content.get("grants").forEach(each -> grants.add(grant(each)));
        return grants;
    }

    private static Grant grant(JsonNode said) {
        return new Grant(
                Role.find(said.path("role").asText()).orElseThrow(),
                said.path("service").textValue(),
                said.path("environment").textValue());
    }
}
