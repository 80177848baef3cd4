package dev.switchback.engine;

import dev.switchback.RunsDatabase;

/** Runs in a database, and all that decides who drives which. */
final class EngineDatabase extends RunsDatabase {

    final Leases leases = new Leases();
    final Queue queue = new Queue();
    final Presence presence = new Presence();

    EngineDatabase() throws Exception {
        leases.database = database;
        queue.database = database;
        presence.database = database;
    }
}
