/** Two packaged instances and a PostgreSQL in processes of their own, and what may happen to them in the worst night. */
package dev.switchback.faults;
