-- Who did what, when and from where. Entries are only ever added, and sealed in batches that are chained by their hashes.
CREATE SEQUENCE audit_entry_no;

CREATE TABLE audit_entry (
    id          bigint PRIMARY KEY,
    at          timestamptz NOT NULL,
    actor       text        NOT NULL,
    means       text        NOT NULL,
    token       text,
    address     text,
    agent       text,
    request     text,
    instance    text        NOT NULL,
    action      text        NOT NULL,
    kind        text        NOT NULL,
    object      text        NOT NULL,
    service     text,
    environment text,
    before      text,
    after       text,
    note        text
);
CREATE INDEX audit_entry_at ON audit_entry (at, id);
CREATE INDEX audit_entry_actor ON audit_entry (actor, at, id);
CREATE INDEX audit_entry_object ON audit_entry (object, at, id);
CREATE INDEX audit_entry_action ON audit_entry (action text_pattern_ops, at, id);

CREATE TABLE audit_batch (
    number      bigint PRIMARY KEY,
    first_entry bigint      NOT NULL,
    last_entry  bigint      NOT NULL,
    entries     integer     NOT NULL CHECK (entries > 0),
    -- one line for each entry: its number, a space, the SHA-256 of all its columns
    leaves      text        NOT NULL,
    previous    text        NOT NULL,
    hash        text        NOT NULL,
    -- HMAC of the hash with the key of the configuration, and which key that was
    seal        text,
    seal_key    text,
    sealed_at   timestamptz NOT NULL,
    CHECK (first_entry <= last_entry)
);

-- What retention removed: where the chain begins now.
CREATE TABLE audit_checkpoint (
    number      bigint PRIMARY KEY,
    hash        text        NOT NULL,
    last_entry  bigint      NOT NULL,
    entries     bigint      NOT NULL,
    removed_at  timestamptz NOT NULL
);

-- The end of the chain; one row. The chain begins with its own name.
CREATE TABLE audit_head (
    one         boolean PRIMARY KEY DEFAULT true CHECK (one),
    chain       text   NOT NULL,
    number      bigint NOT NULL,
    hash        text   NOT NULL,
    last_entry  bigint NOT NULL
);
INSERT INTO audit_head (chain, number, hash, last_entry)
    SELECT c.name, 0, encode(sha256(convert_to('switchback audit ' || c.name, 'UTF8')), 'hex'), 0
    FROM (SELECT gen_random_uuid()::text) AS c (name);

-- The database numbers and dates an entry, whatever the writer says. The number is taken only after the transaction has
-- its own: when all transactions that had one at some moment are over, no entry with a lower number can appear.
CREATE FUNCTION audit_entry_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM pg_current_xact_id();
    NEW.id := nextval('audit_entry_no');
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_begins BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_begins();

-- A batch follows the last one; two that seal at once wait for each other here.
CREATE FUNCTION audit_batch_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE head audit_head;
BEGIN
    SELECT * INTO head FROM audit_head FOR UPDATE;
    IF NEW.number <> head.number + 1 OR NEW.previous <> head.hash OR NEW.first_entry <= head.last_entry THEN
        RAISE EXCEPTION 'batch % of the audit trail does not follow batch %', NEW.number, head.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE audit_head SET number = NEW.number, hash = NEW.hash, last_entry = NEW.last_entry;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_batch_follows BEFORE INSERT ON audit_batch FOR EACH ROW EXECUTE FUNCTION audit_batch_follows();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only: no % of %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_head_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Moved by a new batch, never by a statement of its own.
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the audit trail is append-only: no % of %', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

-- What a checkpoint covers may go; a checkpoint covers nothing younger than 90 days, nor the last batch.
CREATE FUNCTION audit_checkpoint_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
DECLARE
    batch audit_batch;
    head audit_head;
BEGIN
    SELECT * INTO head FROM audit_head FOR UPDATE;
    SELECT * INTO batch FROM audit_batch WHERE number = NEW.number;
    IF batch.number IS NULL OR batch.number >= head.number THEN
        RAISE EXCEPTION 'batch % of the audit trail cannot be removed', NEW.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF batch.sealed_at > clock_timestamp() - interval '90 days' OR EXISTS (SELECT FROM audit_entry
            WHERE id <= batch.last_entry AND at > clock_timestamp() - interval '90 days') THEN
        RAISE EXCEPTION 'the audit trail keeps every entry for 90 days at least; batch % is younger', NEW.number
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.hash := batch.hash;
    NEW.last_entry := batch.last_entry;
    NEW.entries := (SELECT count(*) FROM audit_entry WHERE id <= batch.last_entry);
    NEW.removed_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER audit_checkpoint_begins BEFORE INSERT ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit_checkpoint_begins();

CREATE FUNCTION audit_entry_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.id <= (SELECT max(last_entry) FROM audit_checkpoint) AND OLD.at < clock_timestamp() - interval '90 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only: no % of %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_batch_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.number <= (SELECT max(number) FROM audit_checkpoint) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only: no % of %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- The only way to remove: whole batches up to this one, with a checkpoint in their place. Answers how many entries.
CREATE FUNCTION audit_remove(up_to bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
DECLARE gone audit_checkpoint;
BEGIN
    INSERT INTO audit_checkpoint (number) VALUES (up_to) RETURNING * INTO gone;
    DELETE FROM audit_entry WHERE id <= gone.last_entry;
    DELETE FROM audit_batch WHERE number <= up_to;
    RETURN gone.entries;
END $$;

CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR TRUNCATE ON audit_entry EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_goes BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_goes();
CREATE TRIGGER audit_batch_stays BEFORE UPDATE OR TRUNCATE ON audit_batch EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_batch_goes BEFORE DELETE ON audit_batch FOR EACH ROW EXECUTE FUNCTION audit_batch_goes();
CREATE TRIGGER audit_checkpoint_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
    EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_stays BEFORE INSERT OR DELETE OR TRUNCATE ON audit_head EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_moves BEFORE UPDATE ON audit_head EXECUTE FUNCTION audit_head_moves();

-- Also where triggers are told to rest (session_replication_role).
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_stays;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_goes;
ALTER TABLE audit_batch ENABLE ALWAYS TRIGGER audit_batch_stays;
ALTER TABLE audit_batch ENABLE ALWAYS TRIGGER audit_batch_goes;
ALTER TABLE audit_checkpoint ENABLE ALWAYS TRIGGER audit_checkpoint_stays;
ALTER TABLE audit_head ENABLE ALWAYS TRIGGER audit_head_stays;
ALTER TABLE audit_head ENABLE ALWAYS TRIGGER audit_head_moves;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_begins;
ALTER TABLE audit_batch ENABLE ALWAYS TRIGGER audit_batch_follows;
ALTER TABLE audit_checkpoint ENABLE ALWAYS TRIGGER audit_checkpoint_begins;
