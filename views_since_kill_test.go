package main

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// A server that is killed at any moment around the beginning of a run that is due has lost
// nothing after its start: the run is there, once, and the next is compared with it.
func TestADueRunSurvivesAKill(t *testing.T) {
	t.Parallel()
	binary := buildPatchwork(t)
	region, err := demo.Start(context.WithoutCancel(t.Context()), demo.Options{Patients: 20, Dir: t.TempDir()})
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
			schedules := map[string]bool{}
			for range 3 {
				id := m.ask(t, `mutation($s: ViewScheduleInput!) { saveViewSchedule(schedule: $s) { id } }`, map[string]any{"s": map[string]any{
					"view": view, "version": 1, "list": list, "every": "WEEKLY", "until": time.Now().AddDate(0, 0, 30).Format(time.DateOnly), "alert": "NEW",
				}}).text("data.saveViewSchedule.id")
				schedules[id] = true
				<-time.After(rand.N(1500 * time.Millisecond)) // it is taken, begun or running by then, or not yet
				if err := m.process.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				<-m.ended
				m.start(t)
			}
			for done := 0; done < len(schedules); {
				done = 0
				for _, c := range m.ask(t, `{ viewSchedules { id lastRun { state problem } } }`, nil).list("data.viewSchedules") {
					switch state := c.text("lastRun.state"); {
					case state == "DONE" && schedules[c.text("id")]:
						done++
					case state != "" && state != "QUEUED" && state != "RUNNING":
						t.Fatal(c)
					}
				}
			}
			var runs int
			if err := m.db.Read.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM view_since`).Scan(&runs); err != nil || runs != len(schedules) {
				t.Errorf("%d runs of %d schedules: %v", runs, len(schedules), err)
			}
			for id := range schedules {
				run := m.ask(t, `mutation($s: ID!) { runViewScheduleNow(id: $s, wait: 0) { id } }`, map[string]any{"s": id}).text("data.runViewScheduleNow.id")
				m.endOfRun(t, run)
				d := m.ask(t, `query($r: ID!) { viewRun(id: $r) { differences { new changed gone } } }`, map[string]any{"r": run})
				for _, what := range []string{"new", "changed", "gone"} { // of whom something is withheld it cannot be told
					if d.at("data.viewRun.differences."+what) != 0.0 {
						t.Errorf("after the kill: %v", d)
					}
				}
			}
			m.stop(t)
		})
	}
}
