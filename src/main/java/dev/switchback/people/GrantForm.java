package dev.switchback.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.Grant;
import dev.switchback.access.Role;
import dev.switchback.problem.Problem;
import dev.switchback.shape.PeopleShapes;
import jakarta.ws.rs.FormParam;
import java.util.Map;

/** What a browser posts to give a role. */
public class GrantForm {

    @FormParam("role")
    String role;

    @FormParam("service")
    String service;

    @FormParam("environment")
    String environment;

    /** The grant, or 422 with all that is wrong. */
    Grant grant() {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.put("role", text(role));
        put(said, "service", service);
        put(said, "environment", environment);
        var violations = PeopleShapes.validateGrant(said);
        if (!violations.isEmpty()) {
            throw Problem.content(violations).toException();
        }
        return new Grant(
                Role.find(text(role)).orElseThrow(),
                said.path("service").textValue(),
                said.path("environment").textValue());
    }

    private static void put(ObjectNode said, String member, String typed) {
        if (!text(typed).isEmpty()) {
            said.put(member, text(typed));
        }
    }

    private static String text(String typed) {
        return typed == null ? "" : typed.strip();
    }

    Map<String, String> typed() {
        return Map.of("role", text(role), "service", text(service), "environment", text(environment));
    }
}
