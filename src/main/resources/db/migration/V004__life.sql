-- What people decided about a migration: who, when, why. Only ever added to; gone only together with a deleted draft.
CREATE TABLE migration_decision (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration_id bigint      NOT NULL REFERENCES migration ON DELETE CASCADE,
    kind         text        NOT NULL CHECK (kind IN ('review', 'done', 'abandon', 'reopen', 'hand-over', 'duplicate',
                                                      'archive', 'unarchive')),
    revision     integer     NOT NULL,
    note         text,
    from_owner   text,
    to_owner     text,
    copy_key     text,
    decided_by   text        NOT NULL,
    decided_at   timestamptz NOT NULL
);
CREATE INDEX migration_decision_latest ON migration_decision (migration_id, id DESC);

-- Who ticked an item of the checklist off, or took the tick away; the newest row of an item is how it stands.
CREATE TABLE checklist_tick (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration_id bigint      NOT NULL REFERENCES migration ON DELETE CASCADE,
    item_id      text        NOT NULL,
    done         boolean     NOT NULL,
    note         text,
    evidence     text,
    -- What it was ticked on: with other work in a later revision, the tick has to be given again.
    revision     integer     NOT NULL,
    work_hash    text,
    ticked_by    text        NOT NULL,
    ticked_at    timestamptz NOT NULL
);
CREATE INDEX checklist_tick_latest ON checklist_tick (migration_id, item_id, id DESC);

CREATE FUNCTION refuse_change_while_the_migration_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM migration WHERE id = OLD.migration_id) THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER migration_decision_is_append_only BEFORE UPDATE OR DELETE ON migration_decision
    FOR EACH ROW EXECUTE FUNCTION refuse_change_while_the_migration_stays();
CREATE TRIGGER checklist_tick_is_append_only BEFORE UPDATE OR DELETE ON checklist_tick
    FOR EACH ROW EXECUTE FUNCTION refuse_change_while_the_migration_stays();
