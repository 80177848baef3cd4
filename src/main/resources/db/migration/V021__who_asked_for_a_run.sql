-- With which token a run was asked for: a start that was planned is asked about again when its time has come, and a token
-- that has ended meanwhile, or that may less than its person, must not start it. Null when the person asked.
ALTER TABLE run ADD COLUMN requested_token bigint REFERENCES api_token;
