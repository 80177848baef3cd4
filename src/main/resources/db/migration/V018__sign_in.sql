-- Who guesses must wait. A key is 24 bits of a hash, so what was typed into a field cannot be read back from it, and the
-- table cannot grow without end.
CREATE TABLE sign_in_wait (
    key        text PRIMARY KEY,
    failures   integer     NOT NULL,
    failed_at  timestamptz NOT NULL,
    wait_until timestamptz
);
CREATE INDEX sign_in_wait_age ON sign_in_wait (failed_at);

-- Where a person has signed in: strangers who guess at their name do not keep them out there.
CREATE TABLE sign_in_place (
    person_id bigint      NOT NULL REFERENCES person,
    address   text        NOT NULL,
    seen_at   timestamptz NOT NULL,
    PRIMARY KEY (person_id, address)
);
CREATE INDEX sign_in_place_age ON sign_in_place (seen_at);

-- What a person sees of their own browsers; the number names a session without telling its token.
ALTER TABLE session
    ADD COLUMN id      bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    ADD COLUMN address text,
    ADD COLUMN browser text;

-- The keys of the only environments, parted by spaces; empty for all.
ALTER TABLE api_token
    ADD COLUMN environments      text NOT NULL DEFAULT '',
    ADD COLUMN last_used_address text;

-- Who is decided by issuer and subject, which the provider never gives to anybody else; names and addresses of mail it may.
CREATE TABLE person_provider (
    issuer    text        NOT NULL,
    subject   text        NOT NULL,
    person_id bigint      NOT NULL UNIQUE REFERENCES person,
    linked_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);

-- Who may sign in with a password when the provider does not answer.
ALTER TABLE person ADD COLUMN local_admin boolean NOT NULL DEFAULT false;
UPDATE person SET local_admin = true WHERE name = 'admin';

CREATE TABLE break_glass_sign_in (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id       bigint      NOT NULL REFERENCES person,
    signed_in_at    timestamptz NOT NULL,
    address         text        NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text,
    note            text,
    CHECK ((acknowledged_at IS NULL) = (note IS NULL))
);
CREATE INDEX break_glass_sign_in_open ON break_glass_sign_in (signed_in_at) WHERE acknowledged_at IS NULL;

-- Whoever is deactivated is out at once, whichever way it is done, and comes back with nothing that was open before.
CREATE FUNCTION end_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM session WHERE person_id = NEW.id;
    UPDATE api_token SET revoked_at = now() WHERE person_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER person_deactivated AFTER UPDATE OF active ON person
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION end_access();
