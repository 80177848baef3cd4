/** The step type {@code wait}. Lets a stated time pass. */
package dev.switchback.step.wait;
