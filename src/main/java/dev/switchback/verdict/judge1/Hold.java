package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Reason;

/**
 * Why something is not judged.
 *
 * @param reason the row
 * @param words what differs, with numbers, as one or two sentences
 */
record Hold(Reason reason, String words) {}
