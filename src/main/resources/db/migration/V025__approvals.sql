-- Who said yes or no to a run before it starts. A row is never changed but for being taken back.
CREATE TABLE approval (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id        bigint NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    person        text NOT NULL,
    said          text NOT NULL CHECK (said IN ('approved', 'rejected')),
    reason        text,
    revision_hash text NOT NULL,
    at            timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    withdrawn_at  timestamptz
);

-- One word a person and run stands, however often and wherever it is said.
CREATE UNIQUE INDEX approval_stands ON approval (run_id, person) WHERE withdrawn_at IS NULL;
CREATE INDEX approval_run ON approval (run_id, id);

-- The look that somebody else takes afterwards at a run that went ahead against a gate.
ALTER TABLE run ADD COLUMN reviewed_by text;
ALTER TABLE run ADD COLUMN reviewed_at timestamptz;
ALTER TABLE run ADD COLUMN review_note text;
CREATE INDEX run_unreviewed ON run (id) WHERE break_glass_reason IS NOT NULL AND reviewed_at IS NULL;
