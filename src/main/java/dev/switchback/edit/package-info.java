/**
 * The form: a migration or an environment written in the browser, and nothing lost when two people write at once.
 *
 * <p>A form is a flat map of field names to what was typed ({@link dev.switchback.edit.Fields}); the shapes say which
 * fields there are, what they mean ({@link dev.switchback.edit.ReadFields}) and how they look
 * ({@link dev.switchback.edit.BuildForm}).
 */
package dev.switchback.edit;
