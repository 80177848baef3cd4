-- What had failed when a person let the run go on is accepted, also when it is written down a moment later.
ALTER TABLE run_probe ADD COLUMN accepted_until timestamptz;
