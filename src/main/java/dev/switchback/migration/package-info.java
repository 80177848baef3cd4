/**
 * One planned change: owner, what the system does today, expected result, rollback note; the list, and the page
 * everybody links to.
 */
package dev.switchback.migration;
