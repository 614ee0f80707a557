package views

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"regexp"

	"github.com/patchworkcare/patchwork/auth"
)

var fileName = regexp.MustCompile(`\A[a-z][a-z0-9-]{1,60}\z`)

// Apply keeps a view that stands in a file, under the file's name of it, and asks for its
// approval: a new version if it differs from the newest. It is for the command line, in the
// name of the account that runs it; changed reports whether there is a new version.
func (s *Store) Apply(ctx context.Context, name string, b Body) (v *View, changed bool, err error) {
	session := auth.SessionFrom(ctx)
	if session == nil || session.Issuer == "" {
		return nil, false, ErrNobody
	}
	if !fileName.MatchString(name) {
		return nil, false, wrong("A view in a file has a name of lower-case letters, digits and hyphens.")
	}
	if err := s.Check(&b); err != nil {
		return nil, false, err
	}
	id := "file-" + name
	was, err := s.Get(ctx, id, 0)
	switch {
	case errors.Is(err, ErrNotFound):
		was = &View{}
	case err != nil:
		return nil, false, err
	case was.owner.issuer != session.Issuer:
		return nil, false, ErrOwner
	case same(was.Body, b) && was.State != Withdrawn && was.State != Rejected:
		return was, false, nil
	}
	text, err := json.Marshal(b)
	if err != nil {
		return nil, false, err
	}
	if err := s.told(ctx, id, was.Version+1, "applied from a file"); err != nil {
		return nil, false, err
	}
	if err := s.insert(ctx, session, id, was.Version, string(text)); err != nil {
		return nil, false, err
	}
	if v, err = s.Get(ctx, id, 0); err != nil {
		return nil, false, err
	}
	v, err = s.put(ctx, v, Submitted, v.Until, "")
	return v, err == nil, err
}

// same reports whether two bodies are one, written alike or not.
func same(a, b Body) bool {
	one, err := json.Marshal(a)
	if err != nil {
		return false
	}
	two, err := json.Marshal(b)
	return err == nil && bytes.Equal(one, two)
}
