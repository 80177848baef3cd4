-- The same content may be written anew: comments, order, spacing. The revision stays what it is; its text is the latest row.
CREATE TABLE revision_text (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    revision_id bigint      NOT NULL REFERENCES migration_revision ON DELETE CASCADE,
    text        text        NOT NULL,
    created_at  timestamptz NOT NULL,
    created_by  text        NOT NULL
);
CREATE INDEX revision_text_latest ON revision_text (revision_id, id DESC);

-- The content without who answers for it: a rehearsal outlives a hand-over. Null where the previous version wrote the row.
ALTER TABLE migration_revision ADD COLUMN work_hash text;

-- What an environment said before: what two people changed at once is compared with what both of them saw.
CREATE TABLE environment_revision (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    environment_id bigint      NOT NULL REFERENCES environment ON DELETE CASCADE,
    number         integer     NOT NULL,
    content        text        NOT NULL,
    content_hash   text        NOT NULL,
    created_at     timestamptz NOT NULL,
    created_by     text        NOT NULL,
    note           text,
    UNIQUE (environment_id, number)
);
