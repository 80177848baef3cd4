/** The revisioned script: phases, steps, and for every step the one that undoes it; the linter's findings. */
package dev.switchback.runbook;
