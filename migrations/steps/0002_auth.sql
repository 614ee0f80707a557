-- Signed-in sessions. The secret itself is never stored, only its SHA-256.
CREATE TABLE auth_session (
	secret_hash {{.Bytes}} PRIMARY KEY,
	id          TEXT NOT NULL UNIQUE,
	issuer      TEXT NOT NULL,
	subject     TEXT NOT NULL,
	facts       TEXT NOT NULL,
	created     BIGINT NOT NULL,
	last_seen   BIGINT NOT NULL,
	expires     BIGINT NOT NULL
);

CREATE INDEX auth_session_subject ON auth_session (issuer, subject);
CREATE INDEX auth_session_expires ON auth_session (expires);

-- Accounts that Patchwork itself keeps. name_key is the user name folded, so that
-- all spellings are one account; password is an argon2id PHC string.
CREATE TABLE auth_local_user (
	name_key          TEXT PRIMARY KEY,
	username          TEXT NOT NULL,
	name              TEXT NOT NULL,
	organisation      TEXT NOT NULL,
	organisation_name TEXT NOT NULL,
	role              TEXT NOT NULL,
	care_setting      TEXT NOT NULL,
	password          TEXT NOT NULL,
	disabled          BOOLEAN NOT NULL DEFAULT FALSE,
	created           BIGINT NOT NULL
);

-- Failed sign-ins, kept as long as they count. key_hash is the SHA-256 of
-- "account:" and the folded name, or of "address:" and the address.
CREATE TABLE auth_local_failure (
	key_hash {{.Bytes}} NOT NULL,
	at       BIGINT NOT NULL,
	nonce    {{.Bytes}} NOT NULL,
	PRIMARY KEY (key_hash, at, nonce)
);

CREATE INDEX auth_local_failure_at ON auth_local_failure (at);
