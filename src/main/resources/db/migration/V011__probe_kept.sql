-- Probes are kept for their time: since when a run is not probed any more, and when what was sent was removed.
ALTER TABLE run_probe
    ADD COLUMN over_at           timestamptz,
    ADD COLUMN pieces_removed_at timestamptz,
    ADD COLUMN pieces_kept       text;
UPDATE run_probe SET over_at = coalesce(written_until, began_at) WHERE state = 'over';
CREATE INDEX run_probe_kept ON run_probe (over_at, run_id) WHERE over_at IS NOT NULL AND pieces_removed_at IS NULL;

-- For how many failed probes a row stands: a service that is away for a night must not make a million rows.
ALTER TABLE run_probe_failure ADD COLUMN probes integer NOT NULL DEFAULT 1;

-- What the page draws is read from the index alone, not from among the samples.
DROP INDEX run_probe_in_time;
CREATE INDEX run_probe_in_time ON run_probe_piece (run_id, from_at)
    INCLUDE (prober, planned, sent, failed, p50_ms, p95_ms);
