package sqlview

import (
	"strings"
	"testing"
)

func TestNamedParameters(t *testing.T) {
	cases := []struct{ driver, from, want string }{
		{"postgres", "SELECT a FROM t WHERE id IN (:ids)", "SELECT a FROM t WHERE id IN ($1,$2)"},
		{"mysql", "SELECT a FROM t WHERE id IN (:ids);", "SELECT a FROM t WHERE id IN (?,?)"},
		{"sqlite", "SELECT [a:b] FROM t WHERE id IN (:ids) -- :x", "SELECT [a:b] FROM t WHERE id IN (?,?)  "},
		{"postgres", "SELECT a::text, ':no', \":no\" /* :no /* ? */ $1 */ FROM t WHERE id IN (:ids) OR x IN (:ids)",
			"SELECT a::text, ':no', \":no\"   FROM t WHERE id IN ($1,$2) OR x IN ($3,$4)"},
		{"postgres", "SELECT $q$ :no $1 $q$, E'\\' :no', a ? 'b', a[1:2] FROM t WHERE id IN (:ids)",
			"SELECT $q$ :no $1 $q$, E'\\' :no', a ? 'b', a[1:2] FROM t WHERE id IN ($1,$2)"},
		{"mysql", "SELECT 'it\\'s :no', `a:b`, 1--1 # :no\n FROM t WHERE id IN (:ids)",
			"SELECT 'it\\'s :no', `a:b`, 1--1  \n FROM t WHERE id IN (?,?)"},
		{"sqlite", "WITH x AS (SELECT 'it''s :no' AS n) SELECT n FROM x WHERE id IN (:ids)",
			"WITH x AS (SELECT 'it''s :no' AS n) SELECT n FROM x WHERE id IN (?,?)"},
		{"sqlserver", "SELECT TOP 10 [a:b], N'it''s :no' /* :no /* @x */ :no */ FROM t WITH (NOLOCK) WHERE id IN (:ids);",
			"SELECT TOP 10 [a:b], N'it''s :no'   FROM t WITH (NOLOCK) WHERE id IN (@p1,@p2)"},
		{"oracle", "SELECT a, q'[it's :no]', q'!it's :1!', 'it''s :no', \"a:b\" /* :no */ FROM t WHERE id IN (:ids) AND d = DATE '2026-01-01'",
			"SELECT a, q'[it's :no]', q'!it's :1!', 'it''s :no', \"a:b\"   FROM t WHERE id IN (:1,:2) AND d = DATE '2026-01-01'"},
	}
	for _, c := range cases {
		st, faults := parse(dialects()[c.driver], c.from, []string{"ids"}, nil)
		if len(faults) > 0 {
			t.Errorf("%s: %s: %v", c.driver, c.from, faults)
			continue
		}
		got, args := st.render(map[string][]string{"ids": {"A", "B"}})
		if strings.TrimSpace(got) != strings.TrimSpace(c.want) || len(args)%2 != 0 || len(args) == 0 {
			t.Errorf("%s:\n%s\nwant\n%s (%d arguments)", c.driver, got, c.want, len(args))
		}
	}
}

func TestQueriesThatAreRefused(t *testing.T) {
	cases := []struct{ driver, from, says string }{
		{"postgres", "SELECT a FROM t", "must use :ids"},
		{"postgres", "SELECT a FROM t WHERE id IN (:ids); DROP TABLE t", "one statement"},
		{"postgres", "SELECT a FROM t WHERE id IN (:ids); -- fine", ""},
		{"postgres", "DELETE FROM t WHERE id IN (:ids)", "must begin with SELECT or WITH"},
		{"postgres", "WITH x AS (DELETE FROM t WHERE id IN (:ids) RETURNING 1) SELECT 1", "must only read"},
		{"postgres", "SELECT a INTO x FROM t WHERE id IN (:ids)", "must only read"},
		{"postgres", "SELECT \"update\" FROM t WHERE id IN (:ids)", ""},
		{"postgres", "SELECT a FROM t WHERE id IN (:ids) AND b = $1", "positional"},
		{"mysql", "SELECT a FROM t WHERE id IN (:ids) AND b = ?", "positional"},
		{"sqlite", "SELECT a FROM t WHERE id IN (:ids) AND b = @b", "positional"},
		{"postgres", "SELECT a FROM t WHERE id IN (:ids) AND b = :other", ":other is no parameter"},
		{"postgres", "SELECT 'a FROM t WHERE id IN (:ids)", "never closed"},
		{"postgres", "SELECT a /* FROM t WHERE id IN (:ids)", "never closed"},
		{"postgres", "SELECT $x$ a FROM t WHERE id IN (:ids)", "never closed"},
		{"mysql", "SELECT a /*! INTO OUTFILE 'x' */ FROM t WHERE id IN (:ids)", "MySQL would run"},
		{"sqlite", "SELECT a FROM t WHERE x = ':ids'", "must use :ids"},
		{"sqlite", "", "must begin"},
		{"sqlserver", "SELECT a FROM t WHERE id IN (:ids) AND b = @b", "positional"},
		{"sqlserver", "SELECT a FROM t WHERE id IN (:ids) EXEC sp_who", "EXEC"},
		{"sqlserver", "SELECT a FROM t WHERE id IN (:ids) DELETE t", "DELETE"},
		{"sqlserver", "SELECT a INTO #x FROM t WHERE id IN (:ids)", "INTO"},
		{"sqlserver", "SELECT a FROM OPENROWSET('x','y','z') WHERE id IN (:ids)", "OPENROWSET"},
		{"sqlserver", "SELECT a FROM t WHERE id IN (:ids) WAITFOR DELAY '1:00'", "WAITFOR"},
		{"sqlserver", "SELECT a FROM t WHERE id IN (:ids) IF 1=1 SHUTDOWN", "SHUTDOWN"},
		{"sqlserver", "SELECT a /* /* */ FROM t WHERE id IN (:ids)", "never closed"},
		{"sqlserver", "SELECT [update], [set] FROM t WHERE id IN (:ids)", ""},
		{"oracle", "SELECT a FROM t WHERE id IN (:ids) AND b = :1", "positional"},
		{"oracle", "SELECT a FROM t WHERE id IN (:ids) FOR UPDATE", "UPDATE"},
		{"oracle", "WITH FUNCTION f RETURN NUMBER IS BEGIN RETURN 1; END; SELECT f FROM t WHERE id IN (:ids)", "must"},
		{"oracle", "BEGIN NULL; END;", "must begin with SELECT or WITH"},
		{"oracle", "SELECT q'[a FROM t WHERE id IN (:ids)", "never closed"},
		{"oracle", "SELECT a FROM t WHERE id IN (:ids) LOCK TABLE t", "LOCK"},
	}
	for _, c := range cases {
		_, faults := parse(dialects()[c.driver], c.from, []string{"ids"}, nil)
		got := strings.Join(faults, "; ")
		if c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%s: %s: %q, want %q", c.driver, c.from, got, c.says)
		}
	}
}

func FuzzStatements(f *testing.F) {
	f.Add("postgres", "SELECT a::text FROM t WHERE id IN (:ids) /* x */ -- y")
	f.Add("mysql", "SELECT 'a\\'' FROM t WHERE id IN (:ids) # y")
	f.Add("sqlite", "SELECT [a] FROM t WHERE id IN (:ids)")
	f.Add("sqlserver", "SELECT [a], N'x' /* /* */ */ FROM t WHERE id IN (:ids)")
	f.Add("oracle", "SELECT q'<a'>' FROM t WHERE id IN (:ids) AND b <> :1")
	f.Fuzz(func(t *testing.T, driver, text string) {
		d, ok := dialects()[driver]
		if !ok {
			return
		}
		whole := ""
		tokens := lex(d, text)
		for _, token := range tokens {
			whole += token.text
		}
		if n := len(tokens); n > 0 && tokens[n-1].kind != broken && whole != text {
			t.Errorf("the tokens of %q are %q", text, whole)
		}
		st, faults := parse(d, text, []string{"ids"}, nil)
		if faults != nil {
			return
		}
		sql, args := st.render(map[string][]string{"ids": {"secret-id"}})
		if strings.Contains(sql, "secret-id") && !strings.Contains(text, "secret-id") || len(args) == 0 {
			t.Errorf("%q became %q with %d arguments", text, sql, len(args))
		}
	})
}
