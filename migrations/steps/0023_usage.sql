-- beside: 22
-- How much the record is used, by day. Of staff, and of no patient. `who` is a digest of a user that
-- is another one each day.
CREATE TABLE usage_day (
	day               TEXT NOT NULL,
	organisation      TEXT NOT NULL,
	role              TEXT NOT NULL,
	door              TEXT NOT NULL,
	organisation_name TEXT NOT NULL,
	opened            BIGINT NOT NULL,
	searches          BIGINT NOT NULL,
	PRIMARY KEY (day, organisation, role, door)
);
CREATE TABLE usage_user (
	day          TEXT NOT NULL,
	organisation TEXT NOT NULL,
	role         TEXT NOT NULL,
	door         TEXT NOT NULL,
	who          TEXT NOT NULL,
	PRIMARY KEY (day, organisation, role, door, who)
);
-- How many records had their first rows within `within` milliseconds, and not within the next smaller bound.
CREATE TABLE usage_paint (
	day          TEXT NOT NULL,
	organisation TEXT NOT NULL,
	door         TEXT NOT NULL,
	within       BIGINT NOT NULL,
	records      BIGINT NOT NULL,
	PRIMARY KEY (day, organisation, door, within)
);
