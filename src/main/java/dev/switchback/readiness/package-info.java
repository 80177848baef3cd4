/** May this revision go to production, and exactly which proof is missing. */
package dev.switchback.readiness;
