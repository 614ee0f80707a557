package claims

import (
	"context"
	"fmt"

	"github.com/patchworkcare/patchwork/auth"
)

// Map says who the proof's user is, or is a *auth.Refusal: RefusedRequirement (with Say,
// the requirement's Else), RefusedNoRole (the cause says which rules were tried and why each
// gave nothing), or RefusedInvalid (the claims are beyond every bound). No cause holds what
// the provider said.
func (m *Mapping) Map(p *auth.Proof) (auth.Identity, error) {
	if !auth.GoodSubject(p.Subject) || p.Issuer == "" {
		return auth.Identity{}, auth.Refuse(auth.RefusedInvalid, "the provider's id of the user is missing, too long or not printable")
	}
	if why := tooMuch(p.Claims); why != "" {
		return auth.Identity{}, auth.Refuse(auth.RefusedInvalid, why)
	}
	ctx, stop := context.WithTimeout(context.Background(), mostTime)
	defer stop()
	e := &evaluation{ctx: ctx, proof: p}
	id, err := m.identity(e)
	if e.over {
		return auth.Identity{}, auth.Refuse(auth.RefusedInvalid, "the login's rules reach their bounds on these claims")
	}
	return id, err
}

func (m *Mapping) identity(e *evaluation) (auth.Identity, error) {
	if err := m.required(e); err != nil {
		return auth.Identity{}, err
	}
	positions, err := m.positions(e)
	if err != nil {
		return auth.Identity{}, err
	}
	id := auth.Identity{Issuer: e.proof.Issuer, Subject: e.proof.Subject, Positions: positions, Identifiers: map[string]string{}}
	for kind, x := range m.identifiers {
		if s, _ := e.text(x); identifier(s) != "" {
			id.Identifiers[kind] = identifier(s)
		}
	}
	name, _ := e.text(m.name)
	if id.Name = shown(name); id.Name == "" {
		id.Name = shown(e.proof.Subject)
	}
	return id, nil
}

func (m *Mapping) required(e *evaluation) error {
	for i, r := range m.require {
		yes, why := e.truth(r.that)
		if yes {
			continue
		}
		if why == "" {
			why = "is not met"
		}
		refusal := auth.Refuse(auth.RefusedRequirement, fmt.Sprintf("requirement %d: %s", i+1, why))
		refusal.Say = r.say
		return refusal
	}
	return nil
}
