package review

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

// findings are what one round found in the ledger: items to make or to add to, in the
// order of their first events, and what is kept of who opened whom.
type findings struct {
	q      *Queue
	byKey  map[string]*finding
	order  []*finding
	custom *custom
	homes  map[string][]string
}

// finding is an item, or more of one.
type finding struct {
	key   string
	item  Item
	known bool  // the item is there already
	most  bool  // Events is a highest number, not a sum
	due   int64 // when another server may take over its alert; 0 if there is none
}

// findings reads what the events of the round that begins at from have to be judged by, and
// judges them.
func (q *Queue) findings(ctx context.Context, from int64, events []audit.Event) (*findings, error) {
	custom, err := q.loadCustom(ctx, from, events)
	if err != nil {
		return nil, err
	}
	f := &findings{q: q, byKey: map[string]*finding{}, custom: custom, homes: map[string][]string{}}
	for i := range events {
		if err := f.judge(ctx, &events[i]); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// judge decides what one event is to the queue.
func (f *findings) judge(ctx context.Context, e *audit.Event) error {
	seq := strconv.FormatInt(e.Seq, 10)
	done := e.Decision != audit.Deny
	switch {
	case e.Action == audit.ActionBreakGlass && done:
		f.add(e, BreakGlass, e.Patient, seq)
	case e.Action == audit.ActionClaim && done:
		f.add(e, SelfClaimed, e.Patient, seq)
	}
	if e.Patient != "" {
		for _, kind := range flagged(e.Flags) {
			f.add(e, kind, e.Patient, e.Patient, e.Time.In(f.q.Zone).Format(time.DateOnly))
		}
	}
	if e.Action == audit.ActionSearch {
		for _, kind := range []Kind{Probing, SearchVolume} {
			if slices.Contains(e.Flags, string(kind)) {
				f.add(e, kind, "", e.Time.In(f.q.Zone).Format(time.DateOnly))
			}
		}
	}
	if !opens(e) {
		return nil
	}
	if night, ok := f.q.night(e); ok {
		f.add(e, UnusualTime, "", night)
	}
	return f.volume(ctx, e)
}

// opens reports whether the event is somebody opening a patient.
func opens(e *audit.Event) bool {
	return e.Action == audit.ActionRead && e.Patient != "" && e.Decision != audit.Deny
}

// flagged gives the kinds of an event's flags. A shared surname and a shared address
// are one thing to look at: family.
func flagged(flags []string) (kinds []Kind) {
	has := func(k Kind) bool { return slices.Contains(flags, string(k)) }
	family := has(Family) || has(SameSurname) && has(SameAddress)
	for _, k := range []Kind{OwnRecord, Colleague} {
		if has(k) {
			kinds = append(kinds, k)
		}
	}
	if family {
		return append(kinds, Family)
	}
	for _, k := range []Kind{SameSurname, SameAddress} {
		if has(k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// add counts an event for the item that kind, actor and the rest make one.
func (f *findings) add(e *audit.Event, kind Kind, patient string, rest ...string) *finding {
	key := hashed(append([]string{string(kind), e.Actor.Issuer, e.Actor.Subject}, rest...)...)
	one := f.byKey[key]
	if one == nil {
		one = &finding{key: key, item: Item{
			ID: rand.Text(), Kind: kind, Patient: patient, Actor: e.Actor, Reason: storable(e.Reason),
			Seq: e.Seq, Opened: e.Time, State: StateNew,
		}}
		f.byKey[key] = one
		f.order = append(f.order, one)
	}
	one.item.Events++
	return one
}

// settle finds out which items are there already, and gives those that are not their
// organisations: nobody asks again where a known item belongs.
func (q *Queue) settle(ctx context.Context, f *findings) (fresh []*finding, err error) {
	for part := range slices.Chunk(f.order, 400) {
		args := make([]any, len(part))
		for i, one := range part {
			args[i] = one.key
		}
		err := each(ctx, q.read, `SELECT unique_key FROM review_item WHERE unique_key IN (`+list(0, len(part))+`)`, args, func(scan scanner) error {
			var key string
			if err := scan(&key); err != nil {
				return err
			}
			f.byKey[key].known = true
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, one := range f.order {
		if one.known {
			continue
		}
		one.item.Organisations = q.organisations(ctx, f.homes, &one.item)
		if one.item.Kind == BreakGlass && q.Alert != nil {
			one.due = q.now().Add(alertWithin).UnixMicro()
		}
		fresh = append(fresh, one)
	}
	return fresh, nil
}

// organisations are those that see the item; homes remembers the round's answers.
func (q *Queue) organisations(ctx context.Context, homes map[string][]string, i *Item) []string {
	all := []string{storable(i.Actor.Organisation)}
	if i.Patient != "" && q.Homes != nil {
		if _, asked := homes[i.Patient]; !asked {
			homes[i.Patient] = q.Homes(ctx, i.Patient)
		}
		for _, o := range homes[i.Patient] {
			all = append(all, storable(o))
		}
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(o string) bool { return o == "" })
}

// hashed makes one key of several parts, of the same length whatever they hold. Each
// part is preceded by its length, so that no two lists read alike.
func hashed(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// storable is text that both databases take: valid UTF-8 without NUL. Otherwise one
// hostile name could hold the follower for ever (hazard H-15).
func storable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
