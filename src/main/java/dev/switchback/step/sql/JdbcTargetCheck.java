package dev.switchback.step.sql;

import dev.switchback.secret.Secrets;
import dev.switchback.step.Target;
import dev.switchback.step.TargetCheck;
import dev.switchback.step.TargetState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A target of kind {@code jdbc} is there when it lets us in and answers {@code SELECT 1}. */
public final class JdbcTargetCheck implements TargetCheck {

    @Override
    public String kind() {
        return "jdbc";
    }

    @Override
    public TargetState check(Target target, Secrets secrets) {
        long began = System.nanoTime();
        try (Connection connection = Postgres.connect(target, secrets);
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(5);
            statement.execute("SELECT 1");
            return TargetState.reachable(
                    since(began), "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion() + " answers");
        } catch (SQLException refused) {
            return TargetState.unreachable(since(began), Postgres.words(refused));
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
