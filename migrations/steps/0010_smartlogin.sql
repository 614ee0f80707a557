-- Launches by EPRs that are SMART servers themselves, under way. key_hash is the SHA-256 of
-- the state that only the browser and the EPR have, or, where a browser without cookies is
-- asked who it is, of what stands in that page; kept is sealed with it. browser_hash is the
-- SHA-256 of the browser's cookie.
CREATE TABLE smartlogin_attempt (
	key_hash     {{.Bytes}} PRIMARY KEY,
	stage        TEXT NOT NULL,
	launcher     TEXT NOT NULL,
	browser_hash {{.Bytes}} NOT NULL,
	kept         {{.Bytes}} NOT NULL,
	address      TEXT NOT NULL,
	begun        BIGINT NOT NULL
);

CREATE INDEX smartlogin_attempt_begun ON smartlogin_attempt (begun);
CREATE INDEX smartlogin_attempt_address ON smartlogin_attempt (address, begun);
