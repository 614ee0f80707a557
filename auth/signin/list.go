package signin

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// offered is a login as the sign-in page has it.
type offered struct {
	ID            string         `json:"id"`
	Name          string         `json:"name"`
	Way           string         `json:"way"`
	Organisations []organisation `json:"organisations"`
	Domains       []string       `json:"domains"`
	// Requires is for the page of a sign-in that was not strong enough.
	Requires []string `json:"requires"`
}

type organisation struct {
	ODS  string `json:"ods"`
	Name string `json:"name"`
}

// list answers who can sign in here. It is the same for everybody: what somebody types
// to find their organisation stays in the browser.
func (d *Door) list(w http.ResponseWriter, _ *http.Request) {
	all := make([]offered, 0, len(d.Logins)+1)
	for _, l := range d.Logins {
		o := offered{ID: l.ID, Name: l.Name, Way: l.way(), Organisations: []organisation{}, Domains: l.Domains, Requires: l.Requires}
		for _, org := range l.Organisations {
			o.Organisations = append(o.Organisations, organisation{org.ODS, org.Name})
		}
		if o.Domains == nil {
			o.Domains = []string{}
		}
		if o.Requires == nil {
			o.Requires = []string{}
		}
		all = append(all, o)
	}
	all = append(all, offered{ID: Local, Name: localName, Way: WayPassword, Organisations: []organisation{}, Domains: []string{}, Requires: []string{}})
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_ = json.NewEncoder(w).Encode(struct {
		Logins []offered `json:"logins"`
	}{all})
}

// Info is a login as administrators see it.
type Info struct {
	ID, Type, Name, Way string
	Organisations       []auth.Position // without roles: the organisations and their care settings
	Domains             []string
	Recheck             time.Duration
	// LastSuccess and LastRefusal are of this server, UTC; zero if there was none since it
	// started. Cause is of the last refusal.
	LastSuccess, LastRefusal time.Time
	Cause                    string
}

// Infos lists the logins in their order; Patchwork's own accounts are not among them.
func (d *Door) Infos() []Info {
	list := make([]Info, len(d.Logins))
	for i, l := range d.Logins {
		l.latest.mu.Lock()
		list[i] = Info{
			ID: l.ID, Type: l.Type, Name: l.Name, Way: l.way(), Domains: l.Domains, Recheck: l.Recheck,
			LastSuccess: l.latest.success, LastRefusal: l.latest.failure, Cause: l.latest.cause,
		}
		l.latest.mu.Unlock()
		for _, o := range l.Organisations {
			p := auth.Position{CareSetting: o.CareSetting}
			p.Organisation.ODS, p.Organisation.Name = o.ODS, o.Name
			list[i].Organisations = append(list[i].Organisations, p)
		}
	}
	return list
}

// Test tries a login's connection step by step; false if there is no such login.
func (d *Door) Test(ctx context.Context, id string) ([]auth.Step, bool) {
	login := d.byID[id]
	if login == nil {
		return nil, false
	}
	return login.Provider.Test(ctx), true
}
