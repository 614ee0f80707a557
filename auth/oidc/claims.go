package oidc

import (
	"crypto/subtle"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// claims are those of a signed token; what names it in a refusal.
type claims struct {
	all  map[string]any
	what string
}

// text gives a claim that is a string; given tells "" from nothing.
func (c claims) text(name string) (value string, given bool, err error) {
	raw, given := c.all[name]
	value, ok := raw.(string)
	if given && !ok {
		return "", true, invalid(c.what + "'s " + name + " is no string")
	}
	return value, given, nil
}

// is reports whether a claim is exactly the string wanted.
func (c claims) is(name, wanted string) bool {
	value, _, err := c.text(name)
	return err == nil && wanted != "" && subtle.ConstantTimeCompare([]byte(value), []byte(wanted)) == 1
}

// moment gives a claim that is a NumericDate (RFC 7519 §2); zero if there is none.
func (c claims) moment(name string) (time.Time, error) {
	var seconds int64
	switch n := c.all[name].(type) {
	case nil:
		return time.Time{}, nil
	case int64:
		seconds = n
	case float64:
		if n > 0 && n < mostSeconds {
			seconds = int64(n)
		}
	}
	if seconds <= 0 || seconds >= mostSeconds {
		return time.Time{}, invalid(c.what + "'s " + name + " is no time")
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// mostSeconds is a time far away, and far from where arithmetic overflows.
const mostSeconds = 1 << 40

// judge checks what every token of the provider for us must say (OIDC Core §3.1.3.7,
// Back-Channel Logout §2.6): issuer, audience and times.
func (p *provider) judge(c claims) error {
	if !c.is("iss", p.Issuer) {
		return invalid(c.what + "'s issuer is not the one configured")
	}
	if err := p.judgeAudience(c); err != nil {
		return err
	}
	return p.judgeTimes(c)
}

func (p *provider) judgeAudience(c claims) error {
	audiences := 0
	ours := false
	switch aud := c.all["aud"].(type) {
	case string:
		audiences, ours = 1, aud == p.ClientID
	case []any:
		audiences = len(aud)
		for _, one := range aud {
			name, ok := one.(string)
			if !ok {
				return invalid(c.what + "'s audience is no list of strings")
			}
			ours = ours || name == p.ClientID
		}
	}
	if !ours {
		return invalid(c.what + "'s audience is another client")
	}
	if _, given := c.all["azp"]; (given || audiences > 1) && !c.is("azp", p.ClientID) {
		return invalid(c.what + " was issued to another client (azp)")
	}
	return nil
}

func (p *provider) judgeTimes(c claims) error {
	now := p.env.Now()
	expires, expiresErr := c.moment("exp")
	issued, issuedErr := c.moment("iat")
	begins, beginsErr := c.moment("nbf")
	for _, err := range []error{expiresErr, issuedErr, beginsErr} {
		if err != nil {
			return err
		}
	}
	switch {
	case expires.IsZero():
		return invalid(c.what + " never expires")
	case !now.Before(expires.Add(p.ClockSkew)):
		return byClock(c.what + " has expired: compare the clocks")
	case issued.IsZero():
		return invalid(c.what + " does not say when it was issued")
	case issued.After(now.Add(p.ClockSkew)):
		return byClock(c.what + " was issued in the future: compare the clocks")
	case begins.After(now.Add(p.ClockSkew)):
		return byClock(c.what + " is not valid yet: compare the clocks")
	}
	return nil
}

// subject gives `sub`; given is false if there is none.
func (c claims) subject() (sub string, given bool, err error) {
	sub, given, err = c.text("sub")
	if err == nil && given && !goodID(sub) {
		err = invalid(c.what + "'s subject is empty, too long or not printable")
	}
	return sub, given, err
}

// session gives `sid`, "" if there is none.
func (c claims) session() (string, error) {
	sid, given, err := c.text("sid")
	if err == nil && given && !goodID(sid) {
		err = invalid(c.what + "'s session id is empty, too long or not printable")
	}
	return sid, err
}

// goodID refuses the replacement character too: it stands for text that could not be read, so
// that two people could become one.
func goodID(s string) bool { return auth.GoodSubject(s) && !strings.ContainsRune(s, '\uFFFD') }

// clockError is a refusal that clocks may be behind that do not agree.
type clockError struct{ *auth.Refusal }

// Unwrap gives the refusal.
func (e clockError) Unwrap() error { return e.Refusal }

func byClock(cause string) error { return clockError{auth.Refuse(auth.RefusedInvalid, cause)} }
