-- Sign-in by the organisations' own providers.

-- What the switches below are asked by, without reading facts. provider_session is the
-- provider's id of its session; kept is what its connector wants to see again, sealed with
-- the session's secret; checked is when the provider last said that the user is welcome.
ALTER TABLE auth_session ADD COLUMN login TEXT NOT NULL DEFAULT 'local';
ALTER TABLE auth_session ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_session ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_session ADD COLUMN provider_session TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_session ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_session ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_session ADD COLUMN locked BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE auth_session ADD COLUMN kept {{.Bytes}};
ALTER TABLE auth_session ADD COLUMN checked BIGINT NOT NULL DEFAULT 0;

CREATE INDEX auth_session_provider ON auth_session (login, provider_session) WHERE provider_session <> '';

-- Sign-ins under way at a provider. state_hash and browser_hash are the SHA-256 of what
-- only the browser has; answer is what it brought back by POST; session is the public id of
-- the session whose user proves again who they are, '' for a new one.
CREATE TABLE auth_attempt (
	state_hash   {{.Bytes}} PRIMARY KEY,
	browser_hash {{.Bytes}} NOT NULL,
	login        TEXT NOT NULL,
	kept         {{.Bytes}} NOT NULL,
	answer       TEXT NOT NULL DEFAULT '',
	back         TEXT NOT NULL,
	session      TEXT NOT NULL DEFAULT '',
	address      TEXT NOT NULL,
	begun        BIGINT NOT NULL
);

CREATE INDEX auth_attempt_begun ON auth_attempt (begun);
CREATE INDEX auth_attempt_address ON auth_attempt (address, begun);

-- Everybody who ever signed in by a provider, as the mapping understood them the last time.
CREATE TABLE auth_account (
	id          TEXT PRIMARY KEY,
	issuer      TEXT NOT NULL,
	subject     TEXT NOT NULL,
	login       TEXT NOT NULL,
	name        TEXT NOT NULL,
	identifiers TEXT NOT NULL,
	positions   TEXT NOT NULL,
	created     BIGINT NOT NULL,
	signed_in   BIGINT NOT NULL,
	UNIQUE (issuer, subject)
);

CREATE INDEX auth_account_name ON auth_account (name);

-- What an administrator has switched off: kind is user (what: issuer, a space, subject),
-- role, organisation (ODS code), login or client. A session that meets any of them is none.
CREATE TABLE auth_off (
	kind   TEXT NOT NULL,
	what   TEXT NOT NULL,
	at     BIGINT NOT NULL,
	maker  TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (kind, what)
);

-- Messages that may be taken once only, until they are void anyway.
CREATE TABLE auth_taken (
	hash    {{.Bytes}} PRIMARY KEY,
	expires BIGINT NOT NULL
);

CREATE INDEX auth_taken_expires ON auth_taken (expires);

-- Failures are counted for every kind of password. An attempt stands here before the
-- password is looked at (pending), so that servers side by side count as one.
DROP TABLE auth_local_failure;
CREATE TABLE auth_failure (
	key_hash {{.Bytes}} NOT NULL,
	at       BIGINT NOT NULL,
	nonce    {{.Bytes}} NOT NULL,
	pending  BOOLEAN NOT NULL DEFAULT FALSE,
	PRIMARY KEY (key_hash, at, nonce)
);

CREATE INDEX auth_failure_at ON auth_failure (at);

-- A second factor of a local account: RFC 6238. totp_step is the last time step used.
ALTER TABLE auth_local_user ADD COLUMN totp TEXT NOT NULL DEFAULT '';
ALTER TABLE auth_local_user ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;
