-- How often somebody did something within a minute: the limits hold for all instances together. Nothing depends on these
-- rows; they are removed when they are over.
CREATE UNLOGGED TABLE request_rate (
    person text NOT NULL,
    deed text NOT NULL,
    minute timestamptz NOT NULL,
    times integer NOT NULL,
    PRIMARY KEY (person, deed, minute)
);
