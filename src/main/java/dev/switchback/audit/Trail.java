package dev.switchback.audit;

import dev.switchback.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The one way into the trail. An entry is written by the transaction of the deed: both are there or neither. Writing is
 * one INSERT that waits for nobody. Secrets are masked, long texts cut, and both say so. Thread-safe.
 */
@ApplicationScoped
public class Trail {

    private static final int SHORT = 300;
    private static final int LONG = 4_000;

    private static final String INSERT =
            "INSERT INTO audit_entry (actor, means, token, address, agent, request, instance,"
                    + " action, kind, object, service, environment, before, after, note)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    @Inject
    DataSource database;

    @Inject
    Instance<WhoActs> who;

    @Inject
    Instance<Secrets> secrets;

    @ConfigProperty(name = "switchback.engine.instance")
    Optional<String> instance;

    @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080")
    String port;

    /** Whether a request is served; what the engine does by itself is not. */
    public boolean isAsked() {
        return asker().isPresent();
    }

    private Optional<Actor> asker() {
        return who.stream().findFirst().flatMap(WhoActs::now);
    }

    /** Writes this down, in the transaction of the caller, or at once when there is none. */
    public void record(Entry entry) {
        Optional<Actor> asker = asker();
        Actor actor = entry.doer()
                .map(doer -> asker.map(doer::byWayOf).orElse(doer))
                .orElseGet(() -> asker.orElse(Actor.SYSTEM));
        write(actor, entry);
    }

    /** Writes this down as done by somebody who was known before. */
    void write(Actor actor, Entry entry) {
        // The same connection as that of the transaction, and nothing that Hibernate would have to bring up to date
        // first.
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            String[] columns = {
                shown(actor.name(), SHORT),
                actor.means(),
                shown(actor.token(), SHORT),
                shown(actor.address(), SHORT),
                shown(actor.agent(), SHORT),
                shown(actor.request(), SHORT),
                instance(),
                entry.action(),
                entry.kind(),
                shown(entry.object(), SHORT),
                entry.service(),
                entry.environment(),
                shown(entry.before(), LONG),
                shown(entry.after(), LONG),
                shown(entry.note(), LONG)
            };
            for (int i = 0; i < columns.length; i++) {
                insert.setString(i + 1, columns[i]);
            }
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail could not be written, so nothing was done", e);
        }
    }

    private String instance() {
        return instance.filter(name -> !name.isBlank()).orElseGet(() -> host() + ":" + port);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private String shown(String text, int longest) {
        if (text == null) {
            return null;
        }
        // Masked before it is cut: half a secret cannot be recognised. The database takes no NUL.
        String masked = secrets.stream()
                .findFirst()
                .map(all -> all.masker().mask(text))
                .orElse(text)
                .replace('\0', '\uFFFD');
        return masked.length() <= longest ? masked : cut(masked, longest);
    }

    private static String cut(String text, int longest) {
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "… (cut, it had " + text.length() + " characters)";
    }
}
