package patient

import (
	"context"
	"slices"
)

type hidingKey struct{}

// Hiding gives a context in which the index answers as if it did not have the registrations
// of some sources: those that are not yet shown to the caller. Somebody whom only these know
// is not found. What is known in common stays what it is: the number, the birth date, and
// that somebody must not be located, on whose word ever.
func Hiding(ctx context.Context, hides func(source string) bool) context.Context {
	return context.WithValue(ctx, hidingKey{}, hides)
}

// mute reports whether a system has no say in who is who, and is not asked.
func (x *Index) mute(source string) bool { return x.Mute != nil && x.Mute(source) }

// hides reports whether a source's registrations are hidden from the caller.
func (x *Index) hides(ctx context.Context, source string) bool {
	hides, _ := ctx.Value(hidingKey{}).(func(string) bool)
	return x.mute(source) || hides != nil && hides(source)
}

// seen is view as the caller may have it; nil if nobody but hidden sources knows the person.
// missing are then those that have not said whether they do.
func (x *Index) seen(ctx context.Context, s *stored) (p *Patient, missing []string) {
	p = x.view(s)
	hidden, known := false, false
	for i := range p.Registrations {
		r := &p.Registrations[i]
		switch {
		case x.hides(ctx, r.Source):
			hidden = hidden || r.State == Linked
		case r.State == Pending || r.State == Unanswered:
			missing = append(missing, r.Source)
		case r.State != Absent && r.State != Unsearchable:
			known = true
		}
	}
	if hidden && !known {
		return nil, missing
	}
	p.Registrations = slices.DeleteFunc(p.Registrations, func(r Registration) bool { return x.hides(ctx, r.Source) })
	p.Links = slices.DeleteFunc(p.Links, func(l Link) bool { return x.hides(ctx, l.Source) })
	return p, nil
}

// unseen is why somebody is not found whom only hidden sources know.
func unseen(missing []string) error {
	if len(missing) > 0 {
		return &NotAllAnswered{Sources: missing}
	}
	return ErrNotFound
}
