/** The step type {@code check}. Asks a condition until it holds or its time is over. */
package dev.switchback.step.check;
