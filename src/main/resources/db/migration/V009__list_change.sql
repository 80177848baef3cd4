-- Who keeps a list that was read asks here whether it is still the same: one row for each transaction that changed what
-- lists show, written by that transaction. With the picture of the database that the list was read from, "was there any
-- that this picture did not know?" is one look into the index (docs/decisions/0010). Nobody waits for anybody: every
-- transaction has a row of its own. What every list has seen is removed after a minute (Changes).
CREATE TABLE list_change (
    xid xid8 PRIMARY KEY DEFAULT pg_current_xact_id()
);

CREATE FUNCTION tell_lists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO list_change DEFAULT VALUES ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER migration_tells_lists AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON migration
    FOR EACH STATEMENT EXECUTE FUNCTION tell_lists();
CREATE TRIGGER migration_search_tells_lists AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON migration_search
    FOR EACH STATEMENT EXECUTE FUNCTION tell_lists();
CREATE TRIGGER environment_tells_lists AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON environment
    FOR EACH STATEMENT EXECUTE FUNCTION tell_lists();
CREATE TRIGGER run_tells_lists AFTER INSERT OR DELETE OR TRUNCATE ON run
    FOR EACH STATEMENT EXECUTE FUNCTION tell_lists();
-- What steps do is an event of their run; leases and counts of lines, which change all the time, no list shows.
CREATE TRIGGER run_that_moves_tells_lists AFTER UPDATE ON run FOR EACH ROW
    WHEN (OLD.last_event_no <> NEW.last_event_no OR OLD.state <> NEW.state
        OR OLD.started_at IS DISTINCT FROM NEW.started_at OR OLD.ended_at IS DISTINCT FROM NEW.ended_at)
    EXECUTE FUNCTION tell_lists();
