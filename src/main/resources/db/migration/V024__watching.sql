-- What must stay true throughout a run (its holds), and what its way back needs: one row for each, written when the answer
-- changes and not each time it is asked. Runs that declare neither have no row.
CREATE TABLE run_watch (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id      bigint      NOT NULL REFERENCES run,
    no          integer     NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('hold', 'need')),
    name        text        NOT NULL,
    -- The step whose undo needs it.
    step_id     text,
    state       text        NOT NULL CHECK (state IN ('unasked', 'holds', 'broken', 'could-not-ask')),
    detail      text,
    expected    text,
    since       timestamptz,
    -- When it held for the first time: what the way back needs may come with its own step.
    held_at     timestamptz,
    -- It is missing, and that counts.
    lost        boolean     NOT NULL DEFAULT false,
    -- Who went on against it; until it held once again.
    accepted_by text,
    UNIQUE (run_id, no)
);

-- Who looks at them. A row of its own, because it is written with each look, and because a run that waits for a person has
-- no driver while it is watched on: who watches holds a lease of its own.
CREATE TABLE run_watching (
    run_id      bigint      PRIMARY KEY REFERENCES run,
    state       text        NOT NULL CHECK (state IN ('running', 'over')),
    instance    text,
    fence       bigint      NOT NULL DEFAULT 0,
    lease_until timestamptz,
    -- When all of them had been asked the last time.
    asked_at    timestamptz
);
CREATE INDEX run_watching_under_way ON run_watching (run_id) WHERE state = 'running';
