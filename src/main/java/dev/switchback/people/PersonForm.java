package dev.switchback.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.FormParam;
import java.util.Map;

/** What a browser posts of somebody new, a person or a team. */
public class PersonForm {

    @FormParam("name")
    String name;

    @FormParam("displayName")
    String displayName;

    @FormParam("password")
    String password;

    @FormParam("reads")
    String reads;

    private static String text(String typed) {
        return typed == null ? "" : typed.strip();
    }

    /** The same as a program would send it; a field that was left empty is not said. */
    ObjectNode tree() {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.put("name", text(name));
        if (!text(displayName).isEmpty()) {
            said.put("displayName", text(displayName));
        }
        if (password != null && !password.isEmpty()) {
            said.put("password", password);
        }
        if (reads != null) {
            said.putArray("grants").addObject().put("role", "viewer");
        }
        return said;
    }

    Map<String, String> typed() {
        return Map.of("name", text(name), "displayName", text(displayName), "reads", reads == null ? "no" : "yes");
    }
}
