/** Lines that the database could not take yet, kept on this machine's disk until it can: bounded, in order, safe across a kill. */
package dev.switchback.spool;
