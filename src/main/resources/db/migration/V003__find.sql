-- Put away, not deleted: it stays readable, and the lists leave it out.
ALTER TABLE migration ADD COLUMN archived_at timestamptz;
ALTER TABLE migration ADD COLUMN archived_by text;
