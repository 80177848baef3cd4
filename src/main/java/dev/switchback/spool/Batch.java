package dev.switchback.spool;

/**
 * Lines of one attempt on their way to the log, as one chunk. The bytes belong to the batch; nobody changes them.
 *
 * @param runId the run
 * @param fence of the lease under which the lines were read
 * @param legNo the leg, from 1
 * @param stepId the step
 * @param attempt the attempt, from 1
 * @param part names the batch within its attempt and grows with every batch; the same batch sent twice is stored once
 * @param lines how many lines it has, at least one
 * @param bytes the lines as a row of the log holds them
 */
public record Batch(
        long runId, long fence, int legNo, String stepId, int attempt, long part, int lines, byte[] bytes) {}
