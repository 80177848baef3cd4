package dev.switchback.web;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;

/**
 * A form that could not be carried out, handed back to the browser that sent it, ready to be sent again. Never with a
 * password. Immutable.
 *
 * @param action where it goes
 * @param type how it is encoded
 * @param fields what was typed, in order
 */
public record KeptForm(String action, String type, List<Field> fields) {

    private static final Set<String> LEFT_OUT = Set.of("password");

    /** One field of it. */
    public record Field(String name, String value) {}

    /** A form as the framework for endpoints read it. */
    static KeptForm of(String action, String type, FormData form) {
        var fields = new ArrayList<Field>();
        for (String name : form) {
            form.get(name).stream()
                    .filter(value -> !value.isFileItem())
                    .forEach(value -> fields.add(new Field(name, value.getValue())));
        }
        return new KeptForm(Redirect.safe(action), type, kept(fields));
    }

    /** A form as the web server read it. */
    static KeptForm of(String action, String type, MultiMap form) {
        var fields = new ArrayList<Field>();
        for (Map.Entry<String, String> each : form) {
            fields.add(new Field(each.getKey(), each.getValue()));
        }
        return new KeptForm(Redirect.safe(action), type, kept(fields));
    }

    private static List<Field> kept(List<Field> fields) {
        return fields.stream().filter(field -> !LEFT_OUT.contains(field.name())).toList();
    }

    /** Whether it is the form of the sign-in page, whose password has to be typed again. */
    public boolean isSignIn() {
        return action.startsWith("/signin");
    }
}
