package dev.switchback.web;

import dev.switchback.access.Caller;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Turns away who does too often within a minute what costs a lot. Counted in the database, by its clock, so that it holds
 * for all instances together; what is turned away has done nothing.
 */
public class RateLimit {

    /** Something that is counted, by the addresses that do it. */
    private enum Deed {
        START("start runs", LimitConfig::starts, "/api/v1/migrations/[^/]+/runs|/migrations/[^/]+/start"),
        IMPORT("import files", LimitConfig::imports, "/api/v1/import|/import(/[a-z]+)?"),
        MEASURE(
                "measure",
                LimitConfig::measurements,
                "/api/v1/migrations/[^/]+/measurements(/import)?|/migrations/[^/]+/(measure|measurements|samples)(/[a-z]+)?"),
        CHECK("check environments", LimitConfig::checks, "/api/v1/environments/[^/]+/check|/environments/[^/]+/check");

        private final String phrase;
        private final ToIntFunction<LimitConfig> most;
        private final Pattern addresses;

        Deed(String phrase, ToIntFunction<LimitConfig> most, String addresses) {
            this.phrase = phrase;
            this.most = most;
            this.addresses = Pattern.compile(addresses);
        }

        static Optional<Deed> at(String path) {
            return List.of(values()).stream()
                    .filter(deed -> deed.addresses.matcher(path).matches())
                    .findFirst();
        }
    }

    private static final String COUNT = "INSERT INTO request_rate (person, deed, minute, times)"
            + " VALUES (?, ?, date_trunc('minute', now()), 1)"
            + " ON CONFLICT (person, deed, minute) DO UPDATE SET times = request_rate.times + 1"
            + " RETURNING times, 60 - floor(extract(second FROM now()))::integer";

    private static final String FORGET =
            "DELETE FROM request_rate WHERE person = ? AND minute < now() - interval '1 hour'";

    @Inject
    CallerOfRequest caller;

    @Inject
    LimitConfig config;

    @Inject
    DataSource database;

    /** Counts it, and refuses what is too much. */
    @ServerRequestFilter
    public void guard(ContainerRequestContext request) {
        if (!request.getMethod().equals("POST")) {
            return;
        }
        Deed.at(request.getUriInfo().getPath()).ifPresent(deed -> caller.find().ifPresent(who -> count(deed, who)));
    }

    private void count(Deed deed, Caller who) {
        int most = deed.most.applyAsInt(config);
        if (most <= 0) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, who.name());
            statement.setString(2, deed.name());
            try (ResultSet counted = statement.executeQuery()) {
                counted.next();
                if (counted.getInt(1) == 1) {
                    forget(connection, who);
                }
                if (counted.getInt(1) > most) {
                    throw tooOften(deed, most, counted.getInt(2));
                }
            }
        } catch (SQLException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    private static void forget(Connection connection, Caller who) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setString(1, who.name());
            statement.executeUpdate();
        }
    }

    private static RuntimeException tooOften(Deed deed, int most, int seconds) {
        return new Problem(
                        429,
                        "Too often",
                        "One person may " + deed.phrase + " " + most + " times a minute; nothing was done",
                        "another try in " + seconds + " s",
                        true,
                        List.of(),
                        Map.of("retryAfter", seconds))
                .toException();
    }
}
