-- People and how they prove who they are. Only hashes: nothing here opens a door by itself.
CREATE TABLE person (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text        NOT NULL UNIQUE,
    display_name  text        NOT NULL,
    password_hash text,
    active        boolean     NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL
);

CREATE TABLE session (
    token_hash   text PRIMARY KEY,
    person_id    bigint      NOT NULL REFERENCES person,
    csrf_token   text        NOT NULL,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX session_expiry ON session (expires_at);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE api_token (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id    bigint      NOT NULL REFERENCES person,
    name         text        NOT NULL,
    token_hash   text        NOT NULL UNIQUE,
    scopes       text        NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
CREATE INDEX api_token_person ON api_token (person_id);

-- What a file said, kept twice: the content that is compared and executed, and the text somebody wrote.
CREATE TABLE environment (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key          text        NOT NULL UNIQUE,
    name         text        NOT NULL,
    tier         text        NOT NULL CHECK (tier IN ('development', 'staging', 'production')),
    owner        text,
    content      text        NOT NULL,
    content_hash text        NOT NULL,
    source       text        NOT NULL,
    revision     integer     NOT NULL,
    created_at   timestamptz NOT NULL,
    created_by   text        NOT NULL,
    changed_at   timestamptz NOT NULL,
    changed_by   text        NOT NULL
);

CREATE TABLE migration (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key          text        NOT NULL UNIQUE,
    title        text        NOT NULL,
    service      text        NOT NULL,
    owner        text        NOT NULL,
    state        text        NOT NULL
        CHECK (state IN ('draft', 'ready', 'rehearsed', 'live', 'rolled-back', 'done', 'abandoned')),
    revision     integer     NOT NULL,
    needs_review boolean     NOT NULL DEFAULT false,
    created_at   timestamptz NOT NULL,
    created_by   text        NOT NULL,
    changed_at   timestamptz NOT NULL,
    changed_by   text        NOT NULL
);
CREATE INDEX migration_newest ON migration (changed_at DESC, id DESC);
CREATE INDEX migration_by_service ON migration (service, changed_at DESC, id DESC);
CREATE INDEX migration_by_owner ON migration (owner, changed_at DESC, id DESC);
CREATE INDEX migration_by_state ON migration (state, changed_at DESC, id DESC);

-- Immutable: a run points at one for ever.
CREATE TABLE migration_revision (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration_id bigint      NOT NULL REFERENCES migration,
    number       integer     NOT NULL,
    content      text        NOT NULL,
    content_hash text        NOT NULL,
    source       text        NOT NULL,
    created_at   timestamptz NOT NULL,
    created_by   text        NOT NULL,
    note         text,
    UNIQUE (migration_id, number)
);

CREATE TABLE run (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration_id        bigint      NOT NULL REFERENCES migration,
    revision_id         bigint      NOT NULL REFERENCES migration_revision,
    environment_id      bigint      NOT NULL REFERENCES environment,
    -- A copy: the way back uses the targets that the way forward used.
    environment_content text        NOT NULL,
    service             text        NOT NULL,
    purpose             text        NOT NULL CHECK (purpose IN ('rehearsal', 'live', 'rollback')),
    finish              text        NOT NULL CHECK (finish IN ('applied', 'restored')),
    measure             text        NOT NULL CHECK (measure IN ('full', 'quick', 'none')),
    state               text        NOT NULL
        CHECK (state IN ('awaiting-approval', 'queued', 'running', 'waiting', 'paused', 'rolling-back', 'succeeded',
                         'failed', 'rolled-back', 'rollback-failed', 'aborted')),
    direction           text        NOT NULL CHECK (direction IN ('forward', 'back')),
    leg_no              integer     NOT NULL,
    -- Whether somebody called it back; a rehearsal also goes back by plan, without this.
    rolling_back        boolean     NOT NULL DEFAULT false,
    reason              text,
    break_glass_reason  text,
    undoes_run_id       bigint REFERENCES run,
    requested_by        text        NOT NULL,
    -- What a person asked of a run that is being driven; the driver obeys and clears it.
    wanted              text CHECK (wanted IN ('pause', 'abort', 'rollback')),
    wanted_by           text,
    wanted_reason       text,
    -- Who drives it; the fence grows with every lease, and a write with an old one changes nothing.
    instance            text,
    fence               bigint      NOT NULL DEFAULT 0,
    lease_until         timestamptz,
    created_at          timestamptz NOT NULL,
    start_at            timestamptz,
    started_at          timestamptz,
    ended_at            timestamptz,
    last_event_no       integer     NOT NULL DEFAULT 0,
    last_line_no        bigint      NOT NULL DEFAULT 0
);
-- The lock: one run at a time on a service in an environment. Freed by the transaction that ends the run.
CREATE UNIQUE INDEX run_lock ON run (service, environment_id)
    WHERE state NOT IN ('succeeded', 'failed', 'rolled-back', 'aborted');
CREATE INDEX run_active ON run (id) WHERE state NOT IN ('succeeded', 'failed', 'rolled-back', 'aborted');
CREATE INDEX run_by_migration ON run (migration_id, id DESC);
CREATE INDEX run_by_environment ON run (environment_id, id DESC);
CREATE INDEX run_by_service ON run (service, id DESC);
CREATE INDEX run_by_state ON run (state, id DESC);
CREATE INDEX run_ended ON run (ended_at DESC, id DESC) WHERE ended_at IS NOT NULL;
CREATE INDEX run_undoes ON run (undoes_run_id) WHERE undoes_run_id IS NOT NULL;

CREATE TABLE run_step (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id       bigint  NOT NULL REFERENCES run,
    leg_no       integer NOT NULL,
    leg          text    NOT NULL CHECK (leg IN ('forward', 'back', 'again')),
    position     integer NOT NULL,
    step_id      text    NOT NULL,
    title        text    NOT NULL,
    phase        text    NOT NULL,
    kind         text    NOT NULL,
    state        text    NOT NULL
        CHECK (state IN ('pending', 'running', 'waiting', 'succeeded', 'failed', 'skipped', 'unknown', 'rolled-back')),
    attempt      integer NOT NULL DEFAULT 0,
    retries_left integer NOT NULL DEFAULT 0,
    not_before   timestamptz,
    started_at   timestamptz,
    ended_at     timestamptz,
    exit_status  integer,
    message      text,
    expected     text,
    warning      text,
    retry_safe   boolean NOT NULL DEFAULT false,
    confirmed_by text,
    evidence     text,
    UNIQUE (run_id, leg_no, position),
    UNIQUE (run_id, leg_no, step_id)
);

-- Append-only: every transition, who, when, why. It is what the event stream carries.
CREATE TABLE run_event (
    run_id     bigint      NOT NULL REFERENCES run,
    no         integer     NOT NULL,
    at         timestamptz NOT NULL,
    actor      text        NOT NULL,
    action     text        NOT NULL,
    leg        text,
    step_id    text,
    attempt    integer,
    from_state text,
    to_state   text,
    note       text,
    PRIMARY KEY (run_id, no)
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER run_event_is_append_only BEFORE UPDATE OR DELETE ON run_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Lines in chunks, cut at line ends: a row per line would cost a third more (see docs/run.md).
CREATE TABLE run_log_chunk (
    run_id   bigint  NOT NULL REFERENCES run,
    first_no bigint  NOT NULL,
    last_no  bigint  NOT NULL,
    leg_no   integer NOT NULL,
    step_id  text    NOT NULL,
    attempt  integer NOT NULL,
    lines    bytea   NOT NULL,
    PRIMARY KEY (run_id, first_no)
);
CREATE INDEX run_log_by_step ON run_log_chunk (run_id, step_id, leg_no, first_no);

-- The answer to a request that may be sent twice, written in the transaction that did the work.
CREATE TABLE idempotent_answer (
    person       text        NOT NULL,
    key          text        NOT NULL,
    request_hash text        NOT NULL,
    location     text        NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (person, key)
);
CREATE INDEX idempotent_answer_age ON idempotent_answer (created_at);
