-- Which version of Switchback carries a run out: what was rehearsed with another one proves less. Null for older runs.
ALTER TABLE run ADD COLUMN executor text;

-- The keys of the gates against which somebody went ahead, by commas; null when there were none.
ALTER TABLE run ADD COLUMN broken_gates text;

-- How many people must say yes before it starts; it waits for them when it is more than none.
ALTER TABLE run ADD COLUMN approvals_needed integer NOT NULL DEFAULT 0;
