-- Changes of a service that no run made, announced from outside: by a CI, by a person. One that is announced again is the
-- same. They fall into measurements, between sides, and into the calendar.
CREATE TABLE deploy (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    service        text        NOT NULL,
    environment_id bigint      NOT NULL REFERENCES environment ON DELETE CASCADE,
    version        text        NOT NULL,
    at             timestamptz NOT NULL,
    announced_by   text        NOT NULL,
    announced_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX deploy_once ON deploy (service, environment_id, at, version);
CREATE INDEX deploy_by_service ON deploy (service, at DESC, id DESC);
CREATE INDEX deploy_by_place ON deploy (service, environment_id, at DESC, id DESC);
CREATE INDEX deploy_in_time ON deploy (at, id);

-- What is planned to begin later, for the calendar.
CREATE INDEX run_planned ON run (start_at, id) WHERE start_at IS NOT NULL AND state IN ('queued', 'awaiting-approval');
