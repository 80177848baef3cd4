/** What is kept for how long: removes the logs and the events of runs that ended long enough ago. */
package dev.switchback.retention;
