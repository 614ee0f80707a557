-- How each system of the region was last switched: off is whether nobody asks it. A system
-- without a row was never switched, and is on. The ledger has every switch that there was.
CREATE TABLE source_switch (
	source TEXT PRIMARY KEY,
	off    BOOLEAN NOT NULL,
	at     BIGINT NOT NULL,
	maker  TEXT NOT NULL,
	reason TEXT NOT NULL,
	CHECK (source <> '')
);
