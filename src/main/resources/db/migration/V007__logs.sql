-- A step that printed more than it may, or on a disk that is nearly full, stands still and asks here. What a person
-- answered stands here too: how much it may print by now, or who stopped it.
ALTER TABLE run_step
    ADD COLUMN log_asks       text CHECK (log_asks IN ('limit', 'disk')),
    ADD COLUMN log_asked_at   timestamptz,
    ADD COLUMN log_may        bigint,
    ADD COLUMN log_stopped_by text;

-- When the log and the events of a run were removed because they were kept long enough, and how long that was.
ALTER TABLE run
    ADD COLUMN log_removed_at    timestamptz,
    ADD COLUMN log_kept          text,
    ADD COLUMN events_removed_at timestamptz,
    ADD COLUMN events_kept       text;
CREATE INDEX run_log_kept ON run (ended_at, id) WHERE ended_at IS NOT NULL AND log_removed_at IS NULL;
CREATE INDEX run_events_kept ON run (ended_at, id) WHERE ended_at IS NOT NULL AND events_removed_at IS NULL;

-- Events stay append-only; only who says that retention is at work, for one transaction, may delete them.
CREATE FUNCTION refuse_change_but_by_retention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('switchback.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
DROP TRIGGER run_event_is_append_only ON run_event;
CREATE TRIGGER run_event_is_append_only BEFORE UPDATE OR DELETE ON run_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_by_retention();
