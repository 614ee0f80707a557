package lists_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// asked and answered are one operation on one list.
type asked struct {
	list, what string
	who, after string
	title      string
	seen       int64
}

type answered struct {
	changed bool // it was ErrChanged
	version int64
	size    int
	title   string
	order   string
}

// listed is what a list is, one after the other.
type listed struct {
	version, edited int64
	title, order    string // order is space-separated
}

// oneAtATime is a list as if everybody waited for each other.
var oneAtATime = porcupine.Model{
	Partition: func(history []porcupine.Operation) (parts [][]porcupine.Operation) {
		by := map[string][]porcupine.Operation{}
		for _, op := range history {
			by[op.Input.(asked).list] = append(by[op.Input.(asked).list], op)
		}
		for _, part := range by {
			parts = append(parts, part)
		}
		return parts
	},
	Init: func() any { return listed{version: 1, edited: 1, title: "Round"} },
	Step: func(state, input, output any) (bool, any) {
		l, in, out := state.(listed), input.(asked), output.(answered)
		next, ok := l.step(in)
		switch {
		case !ok:
			return out.changed, l
		case out.changed:
			return false, l
		case in.what == "items":
			return out.order == l.order, l
		}
		return out.version == next.version && out.size == len(strings.Fields(next.order)) && out.title == next.title, next
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v → %+v", input, output) },
}

// step is what one operation makes of the list; ok is false for ErrChanged.
func (l listed) step(in asked) (next listed, ok bool) {
	order := strings.Fields(l.order)
	place := slices.Index(order, in.who)
	switch in.what {
	case "add":
		if place < 0 {
			order = append(order, in.who)
		}
	case "remove":
		if place >= 0 {
			order = slices.Delete(order, place, place+1)
		}
	case "move":
		if place < 0 || in.after != "" && !slices.Contains(order, in.after) {
			return l, false
		}
		order = slices.Delete(order, place, place+1)
		order = slices.Insert(order, slices.Index(order, in.after)+1, in.who)
	case "edit":
		if in.seen < l.edited || in.seen > l.version {
			return l, false
		}
		l.title, l.version, l.edited = in.title, l.version+1, l.version+1
		return l, true
	}
	if joined := strings.Join(order, " "); joined != l.order {
		l.order = joined
		l.version++
	}
	return l, true
}

// run does one operation.
func (in asked) run(ctx context.Context, s *lists.Store, c lists.Caller) (out answered, err error) {
	var l lists.List
	switch in.what {
	case "add":
		_, _, l, err = s.Add(ctx, c, in.list, items(in.who))
	case "remove":
		l, err = s.Remove(ctx, c, in.list, []string{in.who})
	case "move":
		l, err = s.Move(ctx, c, in.list, in.who, in.after)
	case "edit":
		l, err = s.Edit(ctx, c, in.list, in.seen, lists.Changes{Title: &in.title})
	case "get":
		l, err = s.Get(ctx, c, in.list)
	case "items":
		page, _, err := s.Items(ctx, c, in.list, 0, "")
		var order []string
		for _, i := range page {
			order = append(order, i.Patient)
		}
		return answered{order: strings.Join(order, " ")}, err
	}
	if errors.Is(err, lists.ErrChanged) {
		return answered{changed: true}, nil
	}
	return answered{version: l.Version, size: l.Size, title: l.Title}, err
}

// history lets 16 people work on a few lists by two servers, and writes down what they
// were answered when.
func (h *house) history(each int) []porcupine.Operation {
	h.t.Helper()
	const writers, few = 16, 3
	var ids []string
	for range few {
		l := h.make(ann, "Round")
		h.share(ann, l.ID, role(ann.Role, "RXX"), lists.Edit, time.Time{})
		if _, err := h.db.Write.DB.Exec(`UPDATE list SET version = 1 WHERE id = $1`, l.ID); err != nil {
			h.t.Fatal(err)
		}
		if _, err := h.db.Write.DB.Exec(`DELETE FROM list_change WHERE list = $1`, l.ID); err != nil {
			h.t.Fatal(err)
		}
		ids = append(ids, l.ID)
	}
	var mu sync.Mutex
	var all []porcupine.Operation
	var working sync.WaitGroup
	begun := time.Now()
	for w := range writers {
		working.Go(func() {
			random := rand.New(rand.NewPCG(uint64(w), uint64(begun.UnixNano())))
			me, seen := caller(fmt.Sprint("writer", w), "RXX"), map[string]int64{}
			server := []*lists.Store{h.Store, h.other}[w%2]
			for i := range each {
				in := asked{
					list: ids[random.IntN(few)], what: []string{"add", "add", "remove", "move", "move", "edit", "get", "items"}[random.IntN(8)],
					who: fmt.Sprint("p", random.IntN(6)), after: []string{"", fmt.Sprint("p", random.IntN(6))}[random.IntN(2)],
					title: fmt.Sprintf("Title %d of %d", i, w),
				}
				if in.seen = seen[in.list]; in.after == in.who {
					in.after = ""
				}
				call := time.Since(begun).Nanoseconds()
				out, err := in.run(h.ctx, server, me)
				if errors.Is(err, audit.ErrUnavailable) { // on a busy machine; and then nothing changed
					continue
				}
				if err != nil {
					h.t.Errorf("%+v: %v", in, err)
					return
				}
				if out.version > 0 {
					seen[in.list] = out.version
				}
				mu.Lock()
				all = append(all, porcupine.Operation{ClientId: w, Input: in, Call: call, Output: out, Return: time.Since(begun).Nanoseconds()})
				mu.Unlock()
			}
		})
	}
	working.Wait()
	return all
}

// TestChangesHappenOneAfterTheOther: whatever 16 people do to the same lists by two servers,
// each is answered as if they had waited for each other, and none of it is lost; each
// version has one row and every change its event (hazard H-12).
func TestChangesHappenOneAfterTheOther(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		history := h.history(40)
		if got := porcupine.CheckOperationsTimeout(oneAtATime, history, time.Minute); got != porcupine.Ok || len(history) < 320 {
			t.Errorf("%d operations: %s", len(history), got)
		}
		if wrong := h.count(`SELECT COUNT(*) FROM list l WHERE l.version - 1 <> (SELECT COUNT(*) FROM list_change h WHERE h.list = l.id)`); wrong > 0 {
			t.Errorf("%d lists have more or fewer changes than versions", wrong)
		}
		if gaps := h.count(`SELECT MAX(seq) - COUNT(*) - MIN(seq) + 1 FROM list_change`); gaps != 0 {
			t.Errorf("%d numbers are missing", gaps)
		}
		var changed int
		for _, op := range history {
			if out := op.Output.(answered); out.changed {
				changed++
			}
		}
		t.Logf("%d operations, %d of them refused because somebody was first", len(history), changed)
		// The check itself notices a change that was acknowledged and lost.
		for i, op := range history {
			if in := op.Input.(asked); in.what == "items" && op.Output.(answered).order != "" {
				history[i].Output = answered{order: op.Output.(answered).order + " lost"}
				if got := porcupine.CheckOperationsTimeout(oneAtATime, history, time.Minute); got != porcupine.Illegal {
					t.Errorf("a person who was never added: %s", got)
				}
				return
			}
		}
		t.Error("nobody read anything")
	})
}
