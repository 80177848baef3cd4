-- Two versions measured at once, their blocks in turns: the side after names the side before. Only that one counts for the
-- lock: the two do not measure each other, because they take turns.
ALTER TABLE measurement ADD COLUMN beside_id bigint REFERENCES measurement;
CREATE UNIQUE INDEX measurement_beside ON measurement (beside_id);
DROP INDEX measurement_lock;
CREATE UNIQUE INDEX measurement_lock ON measurement (service, environment_id)
    WHERE state = 'running' AND beside_id IS NULL;
