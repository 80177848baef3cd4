package dev.switchback;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Counts what requests send to the database. */
@PersistenceUnitExtension
@ApplicationScoped
public class StatementsSent implements StatementInspector {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** How many there were so far. */
    public static int soFar() {
        return COUNT.get();
    }

    @Override
    public String inspect(String sql) {
        // Threads of requests; the engine has its own and looks for due runs all the time.
        if (Thread.currentThread().getName().startsWith("executor-thread")) {
            COUNT.incrementAndGet();
        }
        return sql;
    }
}
