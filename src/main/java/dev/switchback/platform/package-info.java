/** Clock, ids, instance name, embedded database, start-up checks. */
package dev.switchback.platform;
