package saml

import (
	"context"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// Test tries what can be tried without a user; see auth.Provider.
func (p *provider) Test(ctx context.Context) []auth.Step {
	steps := []auth.Step{p.ownStep()}
	if !steps[0].OK {
		return steps
	}
	found, err := p.source.get(ctx)
	if err != nil {
		return append(steps, auth.Step{Name: "Read the provider's metadata", Detail: err.Error()})
	}
	steps = append(steps,
		auth.Step{Name: "Read the provider's metadata", OK: true, Detail: validity(found)},
		auth.Step{Name: "Find the provider's name", OK: true, Detail: "its entity id is " + found.entity},
		auth.Step{Name: "Find where to sign in", OK: true, Detail: "by redirect to " + found.signOn},
		p.certificatesStep(found),
	)
	if !steps[len(steps)-1].OK {
		return steps
	}
	return append(steps, outStep(found))
}

// ownStep: Open has checked that our key and certificate match.
func (p *provider) ownStep() auth.Step {
	step := auth.Step{Name: "Check our own key and certificate", OK: true}
	now := p.env.Now()
	switch {
	case now.After(p.own.NotAfter):
		step.OK, step.Detail = false, "our certificate expired on "+day(p.own.NotAfter)+": make a new one and give the provider our metadata"
	case now.Before(p.own.NotBefore):
		step.OK, step.Detail = false, "our certificate is not valid before "+day(p.own.NotBefore)
	default:
		step.Detail = fmt.Sprintf("they match; RSA of %d bits, valid until %s", p.key.N.BitLen(), day(p.own.NotAfter))
		if p.own.NotAfter.Sub(now) < warnBefore {
			step.Detail += ": soon; publish the next one as next_certificate_file"
		}
	}
	return step
}

// certificatesStep fails if none of the certificates is valid now.
func (p *provider) certificatesStep(found *idp) auth.Step {
	step := auth.Step{Name: "Check the provider's signing certificates"}
	now := p.env.Now()
	var all []string
	for _, c := range found.trusted {
		said := strength(c) + ", until " + day(c.NotAfter)
		switch {
		case now.After(c.NotAfter):
			said += " (expired: its signatures are refused)"
		case now.Before(c.NotBefore):
			said += " (not valid yet)"
		case c.NotAfter.Sub(now) < warnBefore:
			step.OK = true
			said += " (soon: is the next one in the metadata?)"
		default:
			step.OK = true
		}
		all = append(all, said)
	}
	step.Detail = strings.Join(all, "; ")
	return step
}

func outStep(found *idp) auth.Step {
	step := auth.Step{Name: "Find where to sign out", OK: true, Detail: "by redirect to " + found.signOut}
	if found.signOut == "" {
		step.Detail = "the provider offers no signing out by redirect: users are signed out here only"
	}
	return step
}

func validity(found *idp) string {
	if found.until.IsZero() {
		return "it can be read"
	}
	return "it can be read and is valid until " + found.until.UTC().Format(time.RFC3339)
}

func strength(c *x509.Certificate) string {
	switch key := c.PublicKey.(type) {
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA of %d bits", key.N.BitLen())
	case *ecdsa.PublicKey:
		return fmt.Sprintf("ECDSA of %d bits", key.Curve.Params().BitSize)
	}
	return "another key"
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
