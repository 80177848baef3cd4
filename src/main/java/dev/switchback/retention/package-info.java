/** What is kept for how long: removes logs, events and probes of runs that ended, and samples that were stored, long enough ago. */
package dev.switchback.retention;
