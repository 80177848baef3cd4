package dev.switchback.migration;

/** What others want to know of what was measured of a migration. Asked here, answered by the room of measurements. */
public interface MeasurementsOfMigration {

    /** How many there are, up to one more than a hundred. */
    long count(Migration migration);
}
