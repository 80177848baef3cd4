/** The step type {@code manual}. Asks a person. */
package dev.switchback.step.manual;
