-- How often in a row a run ended with a fault of ours since it last went on: it is given up
-- after some. A killed server is no fault.
ALTER TABLE view_run ADD COLUMN attempts BIGINT NOT NULL DEFAULT 0;

-- A run over the people whom a search finds has no list (''). What was searched for is sealed,
-- and gone with the run's end. lacking says who may be missing from the rows, in sentences
-- that name nobody.
ALTER TABLE view_run ADD COLUMN search TEXT NOT NULL DEFAULT '';
ALTER TABLE view_run ADD COLUMN lacking TEXT NOT NULL DEFAULT '';

-- Whom a page was about, sealed: also those who have no rows. Where a list was changed while
-- its run went on, nobody is to come twice.
ALTER TABLE view_rows ADD COLUMN people TEXT NOT NULL DEFAULT '';
