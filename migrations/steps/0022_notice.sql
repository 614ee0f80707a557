-- beside: 21
-- What every server has to hear of at once says so itself: a change of these tables is a
-- notice when it is committed, by whichever program it was made. A file of SQLite has one
-- server, which knows what it changes.
{{if .Postgres}}
CREATE FUNCTION patchwork_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('patchwork_' || md5(TG_TABLE_SCHEMA), 'table ' || TG_TABLE_NAME);
	RETURN NULL;
END $$;
CREATE TRIGGER policy_version_notice AFTER INSERT OR UPDATE OR DELETE ON policy_version FOR EACH STATEMENT EXECUTE FUNCTION patchwork_notice();
CREATE TRIGGER source_switch_notice AFTER INSERT OR UPDATE OR DELETE ON source_switch FOR EACH STATEMENT EXECUTE FUNCTION patchwork_notice();
CREATE TRIGGER source_stage_notice AFTER INSERT OR UPDATE OR DELETE ON source_stage FOR EACH STATEMENT EXECUTE FUNCTION patchwork_notice();
CREATE TRIGGER list_change_notice AFTER INSERT ON list_change FOR EACH STATEMENT EXECUTE FUNCTION patchwork_notice();
{{else}}
SELECT 1;
{{end}}
