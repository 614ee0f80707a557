-- How somebody has arranged the summary for themselves in a role: sections is JSON, '' where
-- they have given it up for the region's. version grows with every change, and stays when it
-- is given up, so that an old window is found out.
CREATE TABLE viewer_layout (
	issuer   TEXT NOT NULL,
	subject  TEXT NOT NULL,
	role     TEXT NOT NULL,
	version  BIGINT NOT NULL,
	sections TEXT NOT NULL,
	changed  BIGINT NOT NULL,
	PRIMARY KEY (issuer, subject, role),
	CHECK (issuer <> '' AND subject <> '' AND role <> '' AND version > 0)
);

-- Whom somebody opened, and when last. Nothing else of them is kept.
CREATE TABLE viewer_recent (
	issuer  TEXT NOT NULL,
	subject TEXT NOT NULL,
	patient TEXT NOT NULL,
	opened  BIGINT NOT NULL,
	PRIMARY KEY (issuer, subject, patient),
	CHECK (issuer <> '' AND subject <> '' AND patient <> '')
);

CREATE INDEX viewer_recent_opened ON viewer_recent (issuer, subject, opened);
CREATE INDEX viewer_recent_old ON viewer_recent (opened);

-- What somebody has been shown of a patient: seen holds digests, sealed with the server's
-- secret. A visit is of one session (its digest); looked is its last look, before the last of
-- the visit that went before, 0 for none. version keeps two windows from undoing each other.
CREATE TABLE viewer_look (
	issuer  TEXT NOT NULL,
	subject TEXT NOT NULL,
	patient TEXT NOT NULL,
	version BIGINT NOT NULL,
	session {{.Bytes}} NOT NULL,
	looked  BIGINT NOT NULL,
	before  BIGINT NOT NULL,
	seen    {{.Bytes}} NOT NULL,
	PRIMARY KEY (issuer, subject, patient),
	CHECK (issuer <> '' AND subject <> '' AND patient <> '')
);

CREATE INDEX viewer_look_old ON viewer_look (looked);
