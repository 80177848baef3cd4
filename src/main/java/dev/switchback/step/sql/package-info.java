/** The step type {@code sql}. Runs statements and queries in PostgreSQL: bound, limited, cancelled in the database itself. */
package dev.switchback.step.sql;
