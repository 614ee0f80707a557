package fhirr4

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// Roster implements sources.Rosters.
func (s *rostering) Roster(ctx context.Context, kind sources.RosterKind, id string) ([]record.Person, error) {
	at := slices.IndexFunc(s.kept, func(k keeping) bool { return k.kind == kind })
	if at < 0 || !resourceID.MatchString(id) {
		return nil, sources.NoSuchRoster()
	}
	k := s.kept[at]
	var r *reader
	var err error
	switch {
	case k.of == "CareTeam":
		r, err = s.team(ctx, k, id)
	case k.members != "":
		r, err = s.members(ctx, k, id)
	default:
		r, err = s.present(ctx, k, id)
	}
	if err != nil {
		return nil, err
	}
	return s.whoIsOn(ctx, r)
}

// present reads a ward or clinic: whether there is one, and who is there, at once.
func (s *rostering) present(ctx context.Context, k keeping, id string) (*reader, error) {
	var wg sources.Group
	var known bool
	var missing error
	wg.Go(func() { known, missing = s.exists(ctx, k, id) })
	place := k.of + "/" + id
	q := rosterSearch{kind: "Encounter", include: "Encounter:patient",
		query: "location=" + escape(place) + "&status=in-progress",
		each:  func(r *reader) { r.on = append(r.on, r.inWard(place)...) }}
	if k.kind == sources.Clinic {
		from, to := s.day()
		q = rosterSearch{kind: "Appointment", include: "Appointment:patient",
			query: "actor=" + escape(place) + "&date=ge" + instant(from) + "&date=lt" + instant(to) + "&_sort=date",
			each:  func(r *reader) { r.on = append(r.on, r.bookedAt(place, from, to)...) }}
	}
	r, err := s.gather(ctx, q)
	wg.Wait()
	switch {
	case missing != nil:
		return nil, missing
	case !known:
		return nil, sources.NoSuchRoster()
	}
	return r, err
}

// day is today where the source is: from its midnight to the next.
func (s *source) day() (from, to time.Time) {
	y, m, d := s.env.Now().In(s.env.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, s.env.Zone), time.Date(y, m, d+1, 0, 0, 0, 0, s.env.Zone)
}

func instant(t time.Time) string { return url.QueryEscape(t.Format(time.RFC3339)) }

// exists asks for the resource that stands for the roster.
func (s *rostering) exists(ctx context.Context, k keeping, id string) (bool, error) {
	r, err := s.gather(ctx, rosterSearch{kind: k.of, query: "_id=" + escape(id) + k.also, each: (*reader).headed})
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(r.heads, func(h head) bool { return h.id == id && k.is(h) }), nil
}

// members reads a Group or List, which says itself who is on it.
func (s *rostering) members(ctx context.Context, k keeping, id string) (*reader, error) {
	r, err := s.gather(ctx, rosterSearch{kind: k.of, query: "_id=" + escape(id) + k.also, include: k.of + ":" + k.members, each: (*reader).headed})
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(r.heads, func(h head) bool { return h.id == id && k.is(h) })
	if at < 0 {
		return nil, sources.NoSuchRoster()
	}
	r.on = r.heads[at].who
	return r, nil
}

// team reads whom the teams of an organisation look after. R4 cannot search CareTeams
// by the organisation that manages them, so all active ones are read.
func (s *rostering) team(ctx context.Context, k keeping, id string) (*reader, error) {
	r, err := s.gather(ctx, rosterSearch{kind: k.of, query: strings.TrimPrefix(k.also, "&"), each: (*reader).headed})
	if err != nil {
		return nil, err
	}
	known := false
	for _, h := range r.heads {
		if k.is(h) && !h.ended && h.by.to == "Organization/"+id {
			known = true
			r.on = append(r.on, h.who...)
		}
	}
	if !known {
		return nil, sources.NoSuchRoster()
	}
	return r, nil
}

// whoIsOn are those whom the resources of a roster are about, and nobody else of those
// that were sent along. Who was not sent along is asked for by local id.
func (s *rostering) whoIsOn(ctx context.Context, r *reader) ([]record.Person, error) {
	sent, err := r.sent()
	if err != nil {
		return nil, err
	}
	var ids []string
	var absent []record.PersonQuery
	seen := map[string]bool{}
	for _, l := range r.on {
		id, ok := r.local(l)
		if !ok {
			return nil, httpfault.Malformed("no-local-id", "It lists people there without saying who they are")
		}
		if seen[id] {
			continue
		}
		seen[id] = true
		if ids = append(ids, id); len(ids) > sources.MostOnRoster {
			return nil, sources.RosterTooLong()
		}
		if sent[id] == nil {
			absent = append(absent, record.PersonQuery{LocalID: id})
		}
	}
	found, err := s.Find(ctx, absent)
	if err != nil {
		return nil, err
	}
	for _, matches := range found {
		for i := range matches {
			sent[matches[i].Subject] = &matches[i]
		}
	}
	people := make([]record.Person, 0, len(ids))
	for _, id := range ids {
		p := sent[id]
		if p == nil {
			return nil, httpfault.Malformed("person-missing", "It lists somebody there of whom it gives no details")
		}
		people = append(people, *p)
	}
	return people, nil
}

// local is the local id of the person a reference leads to; false if it leads to
// nobody on this server.
func (r *reader) local(l link) (string, bool) {
	if in := r.known[l.reference]; in != nil && in.kind == "Patient" {
		return in.id, true
	}
	id, ok := strings.CutPrefix(l.to, "Patient/")
	return id, ok && resourceID.MatchString(id)
}
