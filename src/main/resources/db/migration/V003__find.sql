-- Put away, not deleted: it stays readable, and the lists leave it out.
ALTER TABLE migration ADD COLUMN archived_at timestamptz;
ALTER TABLE migration ADD COLUMN archived_by text;
ALTER TABLE migration ADD COLUMN archived boolean NOT NULL GENERATED ALWAYS AS (archived_at IS NOT NULL) STORED;

-- A list says how difficult it is; what the present revision says is copied here, as title and owner are.
ALTER TABLE migration ADD COLUMN difficulty text;
UPDATE migration m SET difficulty = r.content::json ->> 'difficulty'
    FROM migration_revision r WHERE r.migration_id = m.id AND r.number = m.revision;

-- Every set of filters on state, service and owner walks an index of its own, the last changed first, and stops when
-- the page is full: no list grows with the table.
DROP INDEX migration_newest, migration_by_service, migration_by_owner, migration_by_state;
CREATE INDEX migration_newest ON migration (archived, changed_at DESC, id DESC);
CREATE INDEX migration_by_state ON migration (archived, state, changed_at DESC, id DESC);
CREATE INDEX migration_by_service ON migration (archived, service, changed_at DESC, id DESC);
CREATE INDEX migration_by_owner ON migration (archived, owner, changed_at DESC, id DESC);
CREATE INDEX migration_by_service_state ON migration (archived, service, state, changed_at DESC, id DESC);
CREATE INDEX migration_by_owner_state ON migration (archived, owner, state, changed_at DESC, id DESC);
CREATE INDEX migration_by_service_owner ON migration (archived, service, owner, changed_at DESC, id DESC);
CREATE INDEX migration_by_all ON migration (archived, service, owner, state, changed_at DESC, id DESC);
CREATE INDEX migration_to_review ON migration (archived, changed_at DESC, id DESC) WHERE needs_review;

-- The same for the list of runs.
CREATE INDEX run_by_environment_state ON run (environment_id, state, id DESC);
CREATE INDEX run_by_environment_service ON run (environment_id, service, id DESC);
CREATE INDEX run_by_service_state ON run (service, state, id DESC);
CREATE INDEX run_by_all ON run (environment_id, service, state, id DESC);

-- The words of the present revision, made by SearchWords; and the same in short, to show where a word was found.
CREATE TABLE migration_search (
    migration_id bigint PRIMARY KEY REFERENCES migration ON DELETE CASCADE,
    -- Which reading of words made the row: a newer one reads again at the start.
    reading      integer  NOT NULL,
    words        tsvector NOT NULL,
    places       text     NOT NULL
);
CREATE INDEX migration_search_words ON migration_search USING gin (words) WITH (fastupdate = off);
-- A walk looks at the words of many rows: unpacking them each time would cost more than reading them.
ALTER TABLE migration_search ALTER COLUMN words SET STORAGE MAIN;

-- In which environments a migration ever ran; nobody has to look through the runs for it.
CREATE TABLE migration_ran_in (
    environment_id bigint NOT NULL REFERENCES environment ON DELETE CASCADE,
    migration_id   bigint NOT NULL REFERENCES migration ON DELETE CASCADE,
    PRIMARY KEY (environment_id, migration_id)
);
CREATE INDEX migration_ran_in_by_migration ON migration_ran_in (migration_id);
INSERT INTO migration_ran_in SELECT DISTINCT environment_id, migration_id FROM run;
CREATE FUNCTION remember_where_it_ran() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO migration_ran_in VALUES (NEW.environment_id, NEW.migration_id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER run_is_remembered AFTER INSERT ON run FOR EACH ROW EXECUTE FUNCTION remember_where_it_ran();
