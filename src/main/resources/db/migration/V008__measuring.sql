-- One sitting: the metrics of one revision, measured in one environment at one moment. Its samples never change; one that
-- a crash or a person cut short says so and is never judged.
CREATE TABLE measurement (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration_id        bigint      NOT NULL REFERENCES migration,
    revision_id         bigint      NOT NULL REFERENCES migration_revision,
    environment_id      bigint      NOT NULL REFERENCES environment,
    -- A copy, as runs keep it; secrets are references.
    environment_content text        NOT NULL,
    service             text        NOT NULL,
    moment              text        NOT NULL CHECK (moment IN ('before', 'after', 'adhoc')),
    run_id              bigint REFERENCES run,
    leg_no              integer,
    leg                 text        CHECK (leg IN ('forward', 'back', 'again')),
    -- How much is asked: the numbers of the metric itself, the small preset that is never a proof, or another tool's samples.
    amount              text        NOT NULL CHECK (amount IN ('full', 'quick', 'imported')),
    state               text        NOT NULL
        CHECK (state IN ('running', 'complete', 'stopped', 'interrupted', 'failed')),
    message             text,
    expected            text,
    requested_by        text        NOT NULL,
    stopped_by          text,
    -- What it is at just now, for the page, and when it is likely to be over.
    progress            text,
    likely_end_at       timestamptz,
    -- Every parameter, seed, version and host, so that it can be judged again in ten years.
    parameters          text        NOT NULL,
    -- Who carries it out; when the lease runs out, nobody does, and it was interrupted.
    instance            text,
    lease_until         timestamptz,
    created_at          timestamptz NOT NULL,
    started_at          timestamptz,
    ended_at            timestamptz
);
-- Two measurements of one service in one environment at the same time would measure each other.
CREATE UNIQUE INDEX measurement_lock ON measurement (service, environment_id) WHERE state = 'running';
CREATE INDEX measurement_lease ON measurement (lease_until) WHERE state = 'running';
CREATE INDEX measurement_by_migration ON measurement (migration_id, environment_id, id DESC);
CREATE INDEX measurement_by_moment ON measurement (migration_id, id DESC);
CREATE INDEX measurement_by_run ON measurement (run_id, id) WHERE run_id IS NOT NULL;
CREATE INDEX measurement_by_service ON measurement (service, environment_id, started_at);

-- One metric of a sitting: what was asked, and the figures that lists and pages show.
CREATE TABLE measurement_metric (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    measurement_id bigint      NOT NULL REFERENCES measurement,
    position       integer     NOT NULL,
    name           text        NOT NULL,
    source         text        NOT NULL CHECK (source IN ('http', 'prometheus', 'sql', 'shell', 'statements', 'import')),
    class          text        NOT NULL CHECK (class IN ('warm', 'cold', 'any')),
    -- The metric as it was declared, with its defaults filled in, and since when it is declared so.
    spec           text        NOT NULL,
    spec_hash      text        NOT NULL,
    declared_at    timestamptz NOT NULL,
    state          text        NOT NULL
        CHECK (state IN ('pending', 'running', 'complete', 'stopped', 'interrupted', 'failed')),
    message        text,
    expected       text,
    unit           text,
    n              integer     NOT NULL DEFAULT 0,
    failed         integer     NOT NULL DEFAULT 0,
    late           integer     NOT NULL DEFAULT 0,
    blocks         integer     NOT NULL DEFAULT 0,
    p50            double precision,
    p95            double precision,
    p99            double precision,
    hit_ratio      double precision,
    db_calls       double precision,
    started_at     timestamptz,
    ended_at       timestamptz,
    -- What was noticed besides the samples: steadiness, achieved rate, load, counters before and after.
    facts          text,
    UNIQUE (measurement_id, position),
    UNIQUE (measurement_id, name)
);

-- The raw samples, written once; without them, after their time, the hash stays.
CREATE TABLE measurement_samples (
    metric_id  bigint      NOT NULL REFERENCES measurement_metric,
    part       integer     NOT NULL,
    schema_no  integer     NOT NULL,
    sha256     text        NOT NULL,
    samples    bytea,
    removed_at timestamptz,
    PRIMARY KEY (metric_id, part)
);
CREATE INDEX measurement_samples_kept ON measurement_samples (metric_id) WHERE samples IS NOT NULL;

-- What a judge said of two sides. Never edited: judging again makes a new row.
CREATE TABLE comparison (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration_id  bigint      NOT NULL REFERENCES migration,
    environment_id bigint     NOT NULL REFERENCES environment,
    run_id        bigint REFERENCES run,
    -- The newest measurement of each side; all legs of a side stand in result.
    before_id     bigint      NOT NULL REFERENCES measurement,
    after_id      bigint      NOT NULL REFERENCES measurement,
    method        text        NOT NULL,
    -- Hash of everything the judge was given: the same input and method is the same row.
    input_hash    text        NOT NULL,
    grade         text        NOT NULL CHECK (grade IN ('A', 'B', 'C', 'D')),
    verdict       text        NOT NULL
        CHECK (verdict IN ('improved', 'no-change', 'regressed', 'inconclusive', 'not-comparable', 'not-measured')),
    sentence      text        NOT NULL,
    result        text        NOT NULL,
    created_at    timestamptz NOT NULL,
    created_by    text        NOT NULL,
    UNIQUE (input_hash, method)
);
CREATE INDEX comparison_by_migration ON comparison (migration_id, id DESC);
CREATE INDEX comparison_by_run ON comparison (run_id, id DESC) WHERE run_id IS NOT NULL;
CREATE INDEX comparison_by_sides ON comparison (before_id, after_id, id DESC);

-- The probe of a run, in pieces as they were sent: the counts are enough for the page, the samples prove them.
CREATE TABLE run_probe_piece (
    run_id    bigint      NOT NULL REFERENCES run,
    prober    text        NOT NULL CHECK (prober IN ('new', 'kept')),
    instance  text        NOT NULL,
    fence     bigint      NOT NULL,
    piece     bigint      NOT NULL,
    from_at   timestamptz NOT NULL,
    to_at     timestamptz NOT NULL,
    planned   integer     NOT NULL,
    sent      integer     NOT NULL,
    failed    integer     NOT NULL,
    p50_ms    double precision,
    p95_ms    double precision,
    schema_no integer     NOT NULL,
    samples   bytea       NOT NULL,
    PRIMARY KEY (run_id, prober, fence, piece)
);
CREATE INDEX run_probe_in_time ON run_probe_piece (run_id, from_at);

-- Each probe that failed, with the step in which it fell. Unlike the pieces, kept as long as the run.
CREATE TABLE run_probe_failure (
    run_id     bigint      NOT NULL REFERENCES run,
    prober     text        NOT NULL CHECK (prober IN ('new', 'kept')),
    fence      bigint      NOT NULL,
    no         bigint      NOT NULL,
    at         timestamptz NOT NULL,
    took_ms    double precision NOT NULL,
    kind       text        NOT NULL,
    status     integer,
    message    text        NOT NULL,
    leg_no     integer,
    step_id    text,
    PRIMARY KEY (run_id, prober, fence, no)
);
CREATE INDEX run_probe_failures ON run_probe_failure (run_id, at);

-- The probing of a run. A row of its own, because it is written every other second, and because a run that waits for a
-- person has no driver while it is probed on: who probes holds a lease of its own.
CREATE TABLE run_probe (
    run_id        bigint      PRIMARY KEY REFERENCES run,
    -- The probe as declared, its target and the variables; secrets are references.
    plan          text        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('running', 'over')),
    instance      text,
    fence         bigint      NOT NULL DEFAULT 0,
    lease_until   timestamptz,
    began_at      timestamptz NOT NULL,
    -- Until when it goes on after the last step.
    until_at      timestamptz,
    written_until timestamptz,
    sent          integer     NOT NULL DEFAULT 0,
    failed        integer     NOT NULL DEFAULT 0,
    -- Failures that count against what is tolerated: not those on the way back.
    counted       integer     NOT NULL DEFAULT 0,
    tolerate      integer     NOT NULL,
    -- How many a person has accepted by letting the run go on.
    accepted      integer     NOT NULL DEFAULT 0,
    result        text
);
CREATE INDEX run_probe_under_way ON run_probe (run_id) WHERE state = 'running';
