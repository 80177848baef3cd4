-- What the service had to do besides what was measured, before the sitting and after it, where its environment tells.
ALTER TABLE measurement ADD COLUMN load text;
