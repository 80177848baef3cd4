/** The step type {@code shell}. Runs commands in bash on the machine of the server, in an environment of their own, and ends every process they leave when stopped. */
package dev.switchback.step.shell;
