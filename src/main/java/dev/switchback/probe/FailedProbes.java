package dev.switchback.probe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** The failed probes of some pieces, column by column, as one statement takes them. */
final class FailedProbes {

    private record Failed(Prober.Kind prober, Sent sent) {}

    private final List<Failed> all;

    FailedProbes(List<Piece> pieces) {
        all = pieces.stream()
                .flatMap(piece -> piece.sent().stream()
                        .filter(sent -> sent.failure() != null)
                        .map(sent -> new Failed(piece.prober(), sent)))
                .toList();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Fills in prober, number, microseconds since the beginning, how long it took in ms, kind, status and message.
     *
     * @param first the first place
     * @return the place after the last
     */
    int fill(PreparedStatement statement, int first) throws SQLException {
        int at = first;
        column(statement, at++, "text", failed -> failed.prober().key);
        column(statement, at++, "bigint", failed -> failed.sent().slot());
        column(statement, at++, "bigint", failed -> failed.sent().momentUs(failed.prober()));
        column(statement, at++, "float8", failed -> failed.sent().tookUs() / 1000.0);
        column(statement, at++, "text", failed -> failed.sent().failure().words());
        column(statement, at++, "integer", failed -> failed.sent().status());
        column(
                statement,
                at++,
                "text",
                failed -> failed.sent().message() == null
                        ? ""
                        : failed.sent().message().replace("\0", ""));
        return at;
    }

    private void column(PreparedStatement statement, int at, String type, Function<Failed, Object> value)
            throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(
                at, connection.createArrayOf(type, all.stream().map(value).toArray()));
    }
}
