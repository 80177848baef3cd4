-- A name belongs to one person or one team for ever: owners, decisions and the trail speak of it. Kept by the database, so
-- that two who make somebody at once cannot both have the name.
CREATE TABLE holder_name (
    name text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('person', 'team', 'reserved'))
);
INSERT INTO holder_name (name, kind)
    SELECT p.name, 'person' FROM person p
    UNION ALL
    SELECT t.name, 'team' FROM team t WHERE t.name NOT IN (SELECT p.name FROM person p);
-- Addresses of forms, and what acts under a name of its own.
INSERT INTO holder_name (name, kind)
    SELECT n, 'reserved' FROM unnest(ARRAY['new', 'switchback', 'system', 'unknown', 'nobody']) AS n
    ON CONFLICT DO NOTHING;

CREATE FUNCTION take_holder_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO holder_name (name, kind) VALUES (NEW.name, TG_ARGV[0]);
    ELSE
        RAISE EXCEPTION 'a name never changes: %', OLD.name USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER person_name AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION take_holder_name('person');
CREATE TRIGGER team_name AFTER INSERT ON team FOR EACH ROW EXECUTE FUNCTION take_holder_name('team');
CREATE TRIGGER person_name_stays AFTER UPDATE OF name ON person
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION take_holder_name('person');
CREATE TRIGGER team_name_stays AFTER UPDATE OF name ON team
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION take_holder_name('team');

-- Who changed what is said of them, and when.
ALTER TABLE person
    ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN changed_by text        NOT NULL DEFAULT 'switchback';
ALTER TABLE team
    ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN changed_by text        NOT NULL DEFAULT 'switchback';
UPDATE person SET changed_at = created_at;
