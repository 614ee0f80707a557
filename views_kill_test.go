package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// A server that is killed in the middle of a run goes on with it after its start: the rows are
// those of a run that nothing disturbed, none twice.
func TestAViewGoesOnAfterItsServerWasKilled(t *testing.T) {
	t.Parallel()
	binary := buildPatchwork(t)
	region, err := demo.Start(context.WithoutCancel(t.Context()), demo.Options{Patients: manyPeople(), Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := region.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMortal(t, binary, region, fresh(t))
			m.start(t)
			list := m.listOf(t, region)
			view := m.ask(t, `mutation($v: ViewInput!) { saveView(view: $v) { id } }`, map[string]any{"v": fiveColumns}).text("data.saveView.id")
			whole := m.endOfRun(t, m.begin(t, view, list))
			t.Logf("%d rows; %s", len(whole), m.memory(t))
			run := m.begin(t, view, list)
			for m.pagesOf(t, run) == 0 {
			}
			if err := m.process.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			<-m.ended
			if n := m.pagesOf(t, run); n == 0 || n*50 >= len(region.Patients) {
				t.Errorf("it was killed after %d pages: not in the middle", n)
			}
			m.start(t)
			if again := m.endOfRun(t, run); !slices.Equal(again, whole) {
				t.Errorf("%d rows after the kill, %d without", len(again), len(whole))
			}
			m.stop(t)
		})
	}
}

// ask runs an operation as the GP.
func (m *mortal) ask(t *testing.T, query string, variables map[string]any) object {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, m.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+m.users[auth.RoleGP].Token)
	status, text := send(t, req)
	var o object
	if err := json.Unmarshal(text, &o); err != nil || status != http.StatusOK || o["errors"] != nil {
		t.Fatalf("%d %s", status, text)
	}
	return o
}

func (m *mortal) listOf(t *testing.T, region *demo.Region) string {
	t.Helper()
	var numbers []string
	for _, p := range region.Patients {
		if p.NHSNumber != "" {
			numbers = append(numbers, p.NHSNumber)
		}
	}
	return m.keepList(t, numbers)
}

func (m *mortal) keepList(t *testing.T, numbers []string) string {
	t.Helper()
	list := m.ask(t, `mutation { createList(title: "Everybody") { id } }`, nil).text("data.createList.id")
	for part := range slices.Chunk(numbers, 50) {
		m.ask(t, `mutation($l: ID!, $n: [NHSNumber!]) { addToList(id: $l, nhsNumbers: $n) { added } }`, map[string]any{"l": list, "n": part})
	}
	return list
}

func (m *mortal) begin(t *testing.T, view, list string) string {
	t.Helper()
	return m.ask(t, `mutation($v: ID!, $l: ID!) { runView(id: $v, list: $l, wait: 0) { id } }`, map[string]any{"v": view, "l": list}).text("data.runView.id")
}

func (m *mortal) pagesOf(t *testing.T, run string) int {
	t.Helper()
	var n int
	if err := m.db.Read.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM view_rows WHERE run = ?`, run).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// endOfRun waits for the end of a run and gives its rows.
func (m *mortal) endOfRun(t *testing.T, run string) (rows []string) {
	t.Helper()
	for state := ""; state != "DONE"; {
		answer := m.ask(t, `query($r: ID!) { viewRun(id: $r) { state problem } }`, map[string]any{"r": run})
		if state = answer.text("data.viewRun.state"); state == "FAILED" {
			t.Fatal(answer)
		}
	}
	for offset := 0; ; offset += 1000 {
		page := m.ask(t, `query($r: ID!, $o: Int!) { viewRun(id: $r) { page(offset: $o, first: 1000) { cells } } }`, map[string]any{"r": run, "o": offset}).list("data.viewRun.page")
		for _, row := range page {
			text, err := json.Marshal(row["cells"])
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, string(text))
		}
		if len(page) < 1000 {
			return rows
		}
	}
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// memory is the most that the server has had in memory.
func (m *mortal) memory(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("/proc/" + strconv.Itoa(m.process.Process.Pid) + "/status")
	if err != nil {
		return ""
	}
	found := highWater.FindSubmatch(text)
	if found == nil {
		return ""
	}
	kb, _ := strconv.Atoi(string(found[1]))
	return strings.TrimSpace(strconv.Itoa(kb/1024) + " MB at most")
}
