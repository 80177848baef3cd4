/** Who shares the work: the instances on one database, when each was last heard, and how many runs it drives. */
package dev.switchback.instance;
