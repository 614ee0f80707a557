package resolvers

import (
	"context"

	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/smart"
)

// clientShower puts names beside the ids that a registration speaks of.
type clientShower struct {
	apps  map[string]string
	known *known
	offs  map[string]*accounts.Off
}

func (r *Resolver) clientShower(ctx context.Context) (*clientShower, error) {
	all, err := r.Clients.List(ctx)
	if err != nil {
		return nil, err
	}
	s := &clientShower{apps: map[string]string{}, offs: map[string]*accounts.Off{}}
	for _, c := range all {
		s.apps[c.ID] = c.Name
	}
	if s.known, err = r.known(ctx); err != nil {
		return nil, err
	}
	offs, err := r.Accounts.Offs(ctx)
	if err != nil {
		return nil, err
	}
	for i := range offs {
		if offs[i].Kind == accounts.Client {
			s.offs[offs[i].What] = &offs[i]
		}
	}
	return s, nil
}

func (s *clientShower) client(ctx context.Context, c *smart.Client) *model.SmartClient {
	out := &model.SmartClient{
		ID: c.ID, Name: orNil(c.Name), Method: model.SmartClientMethod(enumOf(string(c.Method))), RedirectUris: texts(c.RedirectURIs),
		LaunchURL: orNil(c.LaunchURL), Scopes: scopesOf(c.Scopes), Trusted: c.Trusted, Launching: s.launching(c.Launching),
		JwksURL: orNil(c.JWKSURL), Keys: []*model.SmartKey{}, State: model.SmartClientState(enumOf(string(c.State))), Edition: c.Edition(),
		BuiltIn: c.BuiltIn(), Proposed: timeOrNil(c.Proposed), ProposedBy: orNil(c.ProposedBy), ProposedByYou: c.ProposedByCaller(ctx),
		Approved: timeOrNil(c.Approved), ApprovedBy: orNil(c.ApprovedBy), Off: offOf(s.offs[c.ID]),
	}
	if out.Off != nil {
		out.Off.Name = out.Name
	}
	for _, k := range c.KeyFacts() {
		out.Keys = append(out.Keys, &model.SmartKey{Kid: k.ID, Kty: k.Type, Alg: k.Algorithm, Thumbprint: k.Thumbprint})
	}
	if p := c.Position; p != nil {
		o := s.organisation(p.Organisation)
		out.Position = &model.UserPosition{Role: orNil(string(p.Role)), Organisation: &o, CareSetting: orNil(p.CareSetting)}
	}
	return out
}

// organisation has its name, if sign-in knows it.
func (s *clientShower) organisation(o record.Organisation) record.Organisation {
	if at := s.known.organisations[o.ODS]; at != nil && at.Name != nil {
		o.Name = *at.Name
	}
	return o
}

func (s *clientShower) launching(l *smart.Launching) *model.SmartLaunching {
	if l == nil {
		return nil
	}
	out := &model.SmartLaunching{
		Apps: []*model.SmartLaunchable{}, Organisations: []*record.Organisation{}, Logins: []*model.SmartLogin{},
		Trust: l.Trust, Prefill: l.Prefill, Origins: texts(l.Origins),
	}
	for _, id := range l.Apps {
		out.Apps = append(out.Apps, &model.SmartLaunchable{ID: id, Name: orNil(s.apps[id])})
	}
	for _, ods := range l.Organisations {
		o := s.organisation(record.Organisation{ODS: ods})
		out.Organisations = append(out.Organisations, &o)
	}
	for _, id := range l.Logins {
		login := &model.SmartLogin{ID: id}
		if at := s.known.logins[id]; at != nil && at.Type != nil { // else it has gone from the configuration
			login.Name = at.Name
		}
		out.Logins = append(out.Logins, login)
	}
	return out
}
