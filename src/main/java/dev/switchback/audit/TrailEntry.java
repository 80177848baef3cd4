package dev.switchback.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entry as the trail holds it.
 *
 * @param id its number; a number may be missing where a deed did not come about
 * @param at when, by the clock of the database
 * @param actor who
 * @param means how they proved it: {@code browser}, {@code password}, {@code token}, {@code system}
 * @param token the name of the token, or null
 * @param address where the request came from, or null
 * @param agent what the program called itself, or null
 * @param request the number that a proxy gave the request, or null
 * @param instance which instance wrote it
 * @param action what was done: {@code run.start}
 * @param kind what it was done to
 * @param object which one
 * @param service the service it belongs to, or null
 * @param environment the key of the environment it belongs to, or null
 * @param before how it was, or null
 * @param after how it is since then, or null
 * @param note why, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "at"})
public record TrailEntry(
        long id,
        Instant at,
        String actor,
        String means,
        String token,
        String address,
        String agent,
        String request,
        String instance,
        String action,
        String kind,
        String object,
        String service,
        String environment,
        String before,
        String after,
        String note) {

    /** What {@link #read} needs. */
    static final String COLUMNS = "e.id, e.at, e.actor, e.means, e.token, e.address, e.agent, e.request, e.instance,"
            + " e.action, e.kind, e.object, e.service, e.environment, e.before, e.after, e.note";

    static TrailEntry read(ResultSet row) throws SQLException {
        return new TrailEntry(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                row.getString(16),
                row.getString(17));
    }

    /** All it says but its number, by column; what is not said is null. */
    Map<String, String> said() {
        var said = new LinkedHashMap<String, String>();
        said.put("at", at.toString());
        said.put("actor", actor);
        said.put("means", means);
        said.put("token", token);
        said.put("address", address);
        said.put("agent", agent);
        said.put("request", request);
        said.put("instance", instance);
        said.put("action", action);
        said.put("kind", kind);
        said.put("object", object);
        said.put("service", service);
        said.put("environment", environment);
        said.put("before", before);
        said.put("after", after);
        said.put("note", note);
        return said;
    }

    /** The SHA-256 of all it says, under its own number. */
    String hash() {
        return hashAs(id);
    }

    /** The SHA-256 it would have under another number. */
    String hashAs(long number) {
        var form = new StringBuilder("switchback audit entry ").append(number).append('\n');
        said().forEach((column, value) -> Chain.member(form, column, value));
        return Chain.sha256(form.toString());
    }
}
