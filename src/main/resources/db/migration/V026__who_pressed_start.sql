-- Who started a run that could not start when it was to; who asked for it stays who asked for it.
ALTER TABLE run ADD COLUMN started_by text;
ALTER TABLE run ADD COLUMN started_token bigint;
-- The number of the present revision when the run was asked for: what was written since has a higher one.
ALTER TABLE run ADD COLUMN asked_at_revision integer;
-- Whether somebody still had to read the migration when this revision was written; null where an older version wrote it.
ALTER TABLE migration_revision ADD COLUMN needs_review boolean;
