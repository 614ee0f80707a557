-- In which stage of its life each system is: for a section or all of them (''), for the readers
-- of an organisation or all of them (''). What no row speaks of is as the configuration says.
-- The ledger has every change that there was.
CREATE TABLE source_stage (
	source       TEXT NOT NULL,
	section      TEXT NOT NULL,
	organisation TEXT NOT NULL,
	stage        TEXT NOT NULL,
	at           BIGINT NOT NULL,
	maker        TEXT NOT NULL,
	reason       TEXT NOT NULL,
	PRIMARY KEY (source, section, organisation),
	CHECK (source <> ''),
	CHECK (stage IN ('shadow', 'clinical-safety', 'live'))
);

-- How systems answered that are tried out: numbers by day (UTC), never whom it was about.
CREATE TABLE source_score (
	day          TEXT NOT NULL,
	source       TEXT NOT NULL,
	section      TEXT NOT NULL,
	status       TEXT NOT NULL,
	answers      BIGINT NOT NULL,
	entries      BIGINT NOT NULL,
	milliseconds BIGINT NOT NULL,
	slowest      BIGINT NOT NULL,
	PRIMARY KEY (day, source, section, status)
);
