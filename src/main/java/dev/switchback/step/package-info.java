/** The contract a step type signs, and the wrappers (timeout, retry, masking, logging). */
package dev.switchback.step;
