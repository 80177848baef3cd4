/** The step type {@code http}. Sends one HTTP request and judges the answer by status and JSON. */
package dev.switchback.step.http;
