-- A request with an Idempotency-Key: first who asked for what, then what was answered. Without an answer it is under way,
-- or its end is not known.
CREATE TABLE idempotent_post (
    person       text        NOT NULL,
    key          text        NOT NULL,
    request_hash text        NOT NULL,
    created_at   timestamptz NOT NULL,
    status       integer,
    location     text,
    etag         text,
    body         text,
    PRIMARY KEY (person, key)
);
CREATE INDEX idempotent_post_age ON idempotent_post (created_at);
