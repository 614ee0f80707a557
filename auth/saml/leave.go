package saml

import (
	"context"
	"encoding/json"
	"time"

	"github.com/crewjam/saml"
)

// leaveWithin is how long a request of ours to sign out is good for.
const leaveWithin = 5 * time.Minute

// Leave asks the provider to sign the user out there (core §3.7.1); it is always signed
// (profiles §4.4.4.1). The answer comes back to Env.Base + "/left", as our metadata says,
// and is not read: our own session has ended before.
func (p *provider) Leave(ctx context.Context, _ string, kept []byte, state string) (string, error) {
	var n name
	if json.Unmarshal(kept, &n) != nil || n.Value == "" {
		return "", nil // nothing to name the user by
	}
	found, err := p.source.get(ctx)
	if err != nil {
		return "", err
	}
	if found.signOut == "" {
		return "", nil
	}
	now := p.env.Now().UTC()
	until := now.Add(leaveWithin)
	request := saml.LogoutRequest{
		ID: newID(), Version: "2.0", IssueInstant: now, NotOnOrAfter: &until,
		Destination: found.signOut, Issuer: p.issuer(), NameID: n.element(),
	}
	if n.Session != "" {
		request.SessionIndex = &saml.SessionIndex{Value: n.Session}
	}
	return departure(found.signOut, "SAMLRequest", request.Element(), state, p.key)
}
