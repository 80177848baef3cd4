-- The large preset, for the tail of the response times.
ALTER TABLE measurement DROP CONSTRAINT measurement_amount_check;
ALTER TABLE measurement ADD CONSTRAINT measurement_amount_check
    CHECK (amount IN ('full', 'quick', 'thorough', 'imported'));

-- Blocks that were added to one side of an inconclusive comparison: the second look at it, and there is no third.
ALTER TABLE measurement ADD COLUMN extends_id bigint REFERENCES comparison;
CREATE UNIQUE INDEX measurement_extension ON measurement (extends_id) WHERE state IN ('running', 'complete');
