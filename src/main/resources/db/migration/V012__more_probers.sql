-- Besides the two steady probers: one slow request after another, which notices that requests under way are cut, and a
-- write that is read again, which notices that it was lost.
ALTER TABLE run_probe_piece
    DROP CONSTRAINT run_probe_piece_prober_check,
    ADD CONSTRAINT run_probe_piece_prober_check CHECK (prober IN ('new', 'kept', 'slow', 'write'));
ALTER TABLE run_probe_failure
    DROP CONSTRAINT run_probe_failure_prober_check,
    ADD CONSTRAINT run_probe_failure_prober_check CHECK (prober IN ('new', 'kept', 'slow', 'write'));
