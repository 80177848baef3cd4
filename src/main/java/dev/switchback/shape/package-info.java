/** What a runbook file must look like, written once: the checks of files, bodies and forms and the schema come from it. */
package dev.switchback.shape;
