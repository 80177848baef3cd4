-- What db-scheduler keeps: one row for each run that needs a driver, picked by one instance at a time (docs/operations.md).
CREATE TABLE scheduled_tasks (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);

-- Who shares the work: each instance writes its row while it lives, and deletes it when it stops in order.
CREATE TABLE instance (
    name       text PRIMARY KEY,
    -- Which machine and boot, to tell whether processes of a dead instance can be looked for here.
    machine    text        NOT NULL,
    -- Its process id and when that process began: two living ones never share a name.
    process    text        NOT NULL,
    version    text        NOT NULL,
    started_at timestamptz NOT NULL,
    heard_at   timestamptz NOT NULL,
    -- It finishes its steps and takes no new run: it is being stopped.
    draining   boolean     NOT NULL DEFAULT false
);

-- A chunk has a number within its attempt, so that one that is sent twice, because the answer to the first got lost, is
-- stored once. Chunks of older versions have none.
ALTER TABLE run_log_chunk ADD COLUMN part bigint;
CREATE UNIQUE INDEX run_log_part ON run_log_chunk (run_id, leg_no, step_id, attempt, part);

-- What the last check of an environment found: its page may be answered by another instance than the one that checked.
CREATE TABLE environment_check (
    environment_id bigint  PRIMARY KEY REFERENCES environment ON DELETE CASCADE,
    revision       integer NOT NULL,
    found          text    NOT NULL
);
