package ldap

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// Test tries the connection step by step; see auth.Provider.
func (p *provider) Test(ctx context.Context) []auth.Step {
	ctx, cancel := context.WithTimeout(ctx, 2*p.config.Timeout)
	defer cancel()
	t := &trial{provider: p}
	defer t.close()
	var done []auth.Step
	for _, s := range t.steps() {
		detail, err := s.try(ctx)
		if err != nil {
			return append(done, auth.Step{Name: s.name, Detail: explain(p.failed(ctx, err))})
		}
		done = append(done, auth.Step{Name: s.name, OK: true, Detail: detail})
	}
	return done
}

// trial is a test under way, on one connection.
type trial struct {
	*provider
	wire *wire
	link *link
}

type step struct {
	name string
	try  func(ctx context.Context) (detail string, err error)
}

func (t *trial) steps() []step {
	all := []step{
		{"Find the directory", t.resolve},
		{"Connect", t.connect},
		{"Encrypt", t.secure},
		{"Sign in as the service account", t.bind},
		{"Find base_dn", t.base(t.config.BaseDN)},
		{"Ask with user_filter", t.ask},
		{"Read a person", t.read},
	}
	if t.config.Groups.BaseDN != "" {
		all = append(all, step{"Find groups.base_dn", t.base(t.config.Groups.BaseDN)})
	}
	return all
}

func (t *trial) close() {
	switch {
	case t.link != nil:
		t.link.close()
	case t.wire != nil:
		_ = t.wire.Conn.Close()
	}
}

func (t *trial) resolve(ctx context.Context) (string, error) {
	found, err := net.DefaultResolver.LookupHost(ctx, t.host)
	if err != nil {
		return "", auth.Refuse(auth.RefusedUnavailable, "the host of url has no address")
	}
	return fmt.Sprintf("%s has %d address(es)", t.host, len(found)), nil
}

func (t *trial) connect(ctx context.Context) (string, error) {
	raw, err := (&net.Dialer{}).DialContext(ctx, "tcp", t.address)
	if err != nil {
		return "", auth.Refuse(auth.RefusedUnavailable, "nothing answers at "+t.address+": check url and firewalls")
	}
	t.wire = newWire(raw)
	return t.address + " answers", nil
}

func (t *trial) secure(ctx context.Context) (detail string, err error) {
	if t.link, err = t.encrypt(ctx, t.wire); err != nil {
		return "", err
	}
	if len(t.link.tls.PeerCertificates) == 0 {
		return "not encrypted: for trying out on this computer only", nil
	}
	until := t.link.tls.PeerCertificates[0].NotAfter.UTC()
	detail = "the certificate is right and ends on " + until.Format(time.DateOnly)
	if left := until.Sub(t.env.Now()); left < 30*24*time.Hour {
		detail += fmt.Sprintf(", in %d days: renew it", int(left.Hours()/24))
	}
	return detail, nil
}

func (t *trial) bind(ctx context.Context) (string, error) {
	err := t.link.run(ctx, func(c *ldap.Conn) error { return c.Bind(t.config.BindDN, t.password) })
	if err != nil {
		return "", serviceRefusal(err)
	}
	return "the directory accepts it", nil
}

func (t *trial) base(dn string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		_, err := t.find(ctx, dn, ldap.ScopeBaseObject, "(objectClass=*)", "1.1")
		if ldap.IsErrorWithCode(err, ldap.LDAPResultNoSuchObject) {
			err = auth.Refuse(auth.RefusedInvalid, "there is no "+dn+", or the service account may not read it")
		}
		return dn + " is there", err
	}
}

// ask looks for a name that nobody has.
func (t *trial) ask(ctx context.Context) (string, error) {
	found, err := t.find(ctx, t.config.BaseDN, ldap.ScopeWholeSubtree, t.filter.fill(rand.Text()), "1.1")
	if err == nil && found != nil {
		err = auth.Refuse(auth.RefusedInvalid, "user_filter finds people by any name")
	}
	return "it finds nobody by a made-up name", err
}

// read looks at whoever is first.
func (t *trial) read(ctx context.Context) (string, error) {
	found, err := t.find(ctx, t.config.BaseDN, ldap.ScopeWholeSubtree, t.filter.class(), t.asked...)
	switch {
	case err != nil:
		return "", err
	case found == nil:
		return "", auth.Refuse(auth.RefusedInvalid, "nobody under base_dn matches user_filter")
	case len(found.GetEqualFoldAttributeValues(t.filter.attribute)) == 0:
		return "", auth.Refuse(auth.RefusedInvalid, "the service account may not read "+t.filter.attribute)
	}
	if _, err := t.subject(found); err != nil {
		return "", err
	}
	return "people have " + t.filter.attribute + " and " + t.config.subjectAttribute(), nil
}

// find gives the first entry, nil if there is none.
func (t *trial) find(ctx context.Context, base string, scope int, filter string, attributes ...string) (*ldap.Entry, error) {
	var answer *ldap.SearchResult
	err := t.link.run(ctx, func(c *ldap.Conn) (err error) {
		answer, err = c.Search(&ldap.SearchRequest{
			BaseDN: base, Scope: scope, DerefAliases: ldap.NeverDerefAliases, SizeLimit: 1,
			TimeLimit: int(t.config.Timeout.Seconds()), Filter: filter, Attributes: attributes,
		})
		return err
	})
	if answer != nil && len(answer.Entries) > 0 && (err == nil || isTooMany(err)) {
		return answer.Entries[0], nil
	}
	return nil, err
}

// explain is a refusal's cause; the causes of this package are written to be read.
func explain(err error) string {
	var refusal *auth.Refusal
	if errors.As(err, &refusal) {
		return refusal.Cause
	}
	return "it could not be tried"
}
