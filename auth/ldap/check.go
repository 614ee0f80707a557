package ldap

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// Check finds the person and tries the password; see auth.PasswordChecker. Whatever is
// typed, there is one search and one bind.
func (p *provider) Check(ctx context.Context, username, password string) (auth.Proof, error) {
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	leave, err := p.enter(ctx)
	if err != nil {
		return auth.Proof{}, err
	}
	defer leave()
	person, err := p.find(ctx, username)
	if err != nil {
		return auth.Proof{}, p.failed(ctx, err)
	}
	right, err := p.try(ctx, person, password)
	if err != nil {
		return auth.Proof{}, p.failed(ctx, err)
	}
	if !right {
		return auth.Proof{}, auth.ErrRefused
	}
	proof, err := p.prove(ctx, person)
	if err != nil {
		return auth.Proof{}, p.failed(ctx, err)
	}
	return proof, nil
}

// person is somebody found.
type person struct {
	entry *ldap.Entry
	name  string // as the directory spells it
}

// find gives nil if there is nobody of this name.
func (p *provider) find(ctx context.Context, typed string) (*person, error) {
	name, ok := canonical(typed)
	if !ok {
		name = rand.Text() // the same work
	}
	found, tooMany, err := p.search(ctx, p.config.BaseDN, ldap.ScopeWholeSubtree, 2, p.filter.fill(name), p.asked)
	switch {
	case err != nil:
		return nil, err
	case tooMany || len(found) > 1:
		return nil, auth.Refuse(auth.RefusedInvalid, "the filter finds several people")
	case len(found) == 0 || !ok:
		return nil, nil //nolint:nilnil // nobody is an answer
	}
	spelt, known := p.filter.names(found[0], name)
	switch {
	case !known:
		return nil, auth.Refuse(auth.RefusedInvalid, "the service account may not read the attribute of user_filter")
	case spelt == "":
		return nil, nil //nolint:nilnil // found, but not by this name
	case found[0].DN == "":
		return nil, auth.Refuse(auth.RefusedInvalid, "the directory gave an entry without a name")
	}
	return &person{found[0], spelt}, nil
}

// try binds as the person on a connection of its own. Nobody, and a password that cannot
// be right, cost a bind as well, but never with an empty password: a directory may call
// that success (RFC 4513 §5.1.2).
func (p *provider) try(ctx context.Context, who *person, password string) (bool, error) {
	dn, possible := p.decoy, who != nil && possiblePassword(password)
	if possible {
		dn = who.entry.DN
	}
	if !possiblePassword(password) {
		password = rand.Text()
	}
	l, err := p.dial(ctx)
	if err != nil {
		return false, err
	}
	defer l.close()
	err = l.run(ctx, func(c *ldap.Conn) error { return c.Bind(dn, password) })
	if cause, refused := bindCause(err); refused {
		if possible {
			p.env.Log.Info("the directory refused a password", "cause", cause, "request", auth.CallerFrom(ctx).RequestID)
		}
		return false, nil
	}
	return possible && err == nil, err
}

// possiblePassword: RFC 4513 §5.1.3 wants UTF-8.
func possiblePassword(s string) bool {
	return s != "" && len(s) <= mostPassword && utf8.ValidString(s) && !strings.ContainsRune(s, 0)
}

// prove is who they are, after the password was right.
func (p *provider) prove(ctx context.Context, who *person) (auth.Proof, error) {
	off, err := p.disabled(ctx, who.entry.DN)
	switch {
	case err != nil:
		return auth.Proof{}, err
	case off:
		p.env.Log.Info("the directory refused a password", "cause", "the account is disabled", "request", auth.CallerFrom(ctx).RequestID)
		return auth.Proof{}, auth.ErrRefused
	}
	subject, err := p.subject(who.entry)
	if err != nil {
		return auth.Proof{}, err
	}
	claims := p.claims(who.entry)
	if p.config.Groups.BaseDN != "" {
		if claims[groupsClaim], err = p.groups(ctx, who); err != nil {
			return auth.Proof{}, err
		}
	}
	return auth.Proof{Issuer: p.config.issuer(), Subject: subject, Claims: claims, At: p.env.Now().UTC()}, nil
}

// disabled asks the directory itself whether the entry matches the filter. An entry that
// is there no more is disabled.
func (p *provider) disabled(ctx context.Context, dn string) (bool, error) {
	if p.config.Disabled == "" {
		return false, nil
	}
	filter := fillMoment(p.config.Disabled, p.env.Now())
	found, tooMany, err := p.search(ctx, dn, ldap.ScopeBaseObject, 1, filter, []string{"1.1"})
	if ldap.IsErrorWithCode(err, ldap.LDAPResultNoSuchObject) {
		return true, nil
	}
	return tooMany || len(found) > 0, err
}

// failed makes every error one of auth's, in words that hold nothing of the directory's.
func (p *provider) failed(ctx context.Context, err error) error {
	var refusal *auth.Refusal
	switch {
	case errors.Is(err, auth.ErrRefused), errors.As(err, &refusal):
		return err
	case ctx.Err() != nil:
		return auth.Refuse(auth.RefusedUnavailable, "the directory did not answer in time")
	}
	return refusalOf(err)
}
