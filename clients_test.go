package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v3"
	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/resolvers"
)

const clientFields = `id name method redirectUris launchUrl scopes { scope words } trusted position { role organisation { ods name } careSetting }
	launching { apps { id name } organisations { ods name } logins { id name } trust prefill origins } jwksUrl keys { kid kty alg thumbprint }
	state edition builtIn proposed proposedBy proposedByYou approved approvedBy off { at by reason name }`

const proposing = `mutation($input: SmartClientInput!) { proposeSmartClient(input: $input) { secret client { ` + clientFields + ` } } }`

// growthCharts is an app that people use.
func growthCharts() map[string]any {
	return map[string]any{
		"name": "Growth charts", "method": "NONE", "redirectUris": []string{"https://app.example/callback"}, "launchUrl": "https://app.example/launch",
		"scopes": []string{"openid", "launch", "patient/Observation.rs"},
	}
}

// secondAdministrator runs an operation as the other administrator.
func (r *region) secondAdministrator(t *testing.T, query string, variables map[string]any) object {
	t.Helper()
	if r.second == "" {
		var err error
		r.second, err = r.server.sessions.Start(t.Context(), auth.Session{
			Issuer: "local", Subject: "second-administrator", Name: "Petra Lindqvist", Role: auth.RoleAdministrator,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	status, body := r.post(t, r.second, query, variables)
	var o object
	if err := json.Unmarshal(body, &o); err != nil || status != http.StatusOK {
		t.Fatalf("%d %.300s", status, body)
	}
	return o
}

func (r *region) propose(t *testing.T, input map[string]any) object {
	t.Helper()
	return r.ask(t, auth.RoleAdministrator, proposing, map[string]any{"input": input})
}

func approving(client object) string {
	return `mutation { approveSmartClient(id: "` + client.text("id") + `", edition: "` + client.text("edition") + `") { ` + clientFields + ` } }`
}

// registered proposes and has it approved by the other administrator.
func (r *region) registered(t *testing.T, input map[string]any) object {
	t.Helper()
	made := r.propose(t, input)
	client, _ := made.at("data.proposeSmartClient.client").(map[string]any)
	approved := r.secondAdministrator(t, approving(client), nil)
	if approved.text("data.approveSmartClient.state") != "APPROVED" {
		t.Fatalf("%v %v", made, approved)
	}
	return client
}

func publicKeys(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "a"}}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestOnlyAdministratorsAdministerClients(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	for _, query := range []string{
		`{ smartClients { id } }`, `{ smartClient(id: "x") { id } }`, `{ smartScopes(scopes: ["openid"]) { words } }`,
		`mutation { proposeSmartClient(input: {name: "x", method: NONE, scopes: ["openid"]}) { secret } }`,
		`mutation { approveSmartClient(id: "x", edition: "x") { id } }`, `mutation { replaceSmartClientSecret(id: "x") { secret } }`,
		`mutation { replaceSmartClientKeys(id: "x", jwksUrl: "https://x.example/") { id } }`, `mutation { testLaunch(id: "x", way: MINT) { ok } }`,
	} {
		for _, role := range slices.Sorted(maps.Keys(r.tokens)) {
			got := r.ask(t, role, query, nil).text("errors.0.extensions.code")
			if (got == resolvers.CodeForbidden) == (role == auth.RoleAdministrator) {
				t.Errorf("%s: %s: %q", role, query, got)
			}
		}
	}
	if all, err := r.server.clients.List(t.Context()); err != nil || len(all) != 1 { // the viewer
		t.Error(all, err)
	}
}

// TestAnAppIsProposedReviewedAndApprovedByAnother, each step in the ledger before it takes
// effect; switched off, it is not found at the next request.
func TestAnAppIsProposedReviewedAndApprovedByAnother(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	clients, ctx := r.server.clients, t.Context()
	input := growthCharts()
	input["method"] = "CLIENT_SECRET_BASIC"
	made := r.propose(t, input)
	client, _ := made.at("data.proposeSmartClient.client").(map[string]any)
	app := object(client)
	if len(made.text("data.proposeSmartClient.secret")) != 43 || app.text("state") != "PROPOSED" || app.text("proposedBy") != "Ola Fashanu" || app["proposedByYou"] != true ||
		app["builtIn"] != false || app.text("scopes.2.words") != "Read and search observations of the one patient it is opened on" {
		t.Fatalf("%v", made)
	}
	if own := r.administer(t, approving(app)); own.text("errors.0.extensions.code") != resolvers.CodeBadInput || !strings.Contains(own.text("errors.0.message"), "another administrator") {
		t.Errorf("approved by who proposed it: %v", own)
	}
	if _, err := clients.GetClient(ctx, app.text("id")); !errors.Is(err, fosite.ErrNotFound) {
		t.Fatal("it begins:", err)
	}
	approved := r.secondAdministrator(t, approving(app), nil)
	if approved.text("data.approveSmartClient.state") != "APPROVED" || approved.text("data.approveSmartClient.approvedBy") != "Petra Lindqvist" ||
		approved.at("data.approveSmartClient.proposedByYou") != false {
		t.Errorf("%v", approved)
	}
	if _, err := clients.GetClient(ctx, app.text("id")); err != nil {
		t.Error(err)
	}
	list := r.administer(t, `{ smartClients { `+clientFields+` } smartClient(id: "`+app.text("id")+`") { name } }`)
	if len(list.list("data.smartClients")) != 2 || list.text("data.smartClient.name") != "Growth charts" || strings.Contains(string(mustJSON(t, list)), made.text("data.proposeSmartClient.secret")) {
		t.Errorf("%v", list)
	}
	again := r.administer(t, `mutation { replaceSmartClientSecret(id: "`+app.text("id")+`") { secret client { state } } }`)
	if s := again.text("data.replaceSmartClientSecret.secret"); len(s) != 43 || s == made.text("data.proposeSmartClient.secret") || again.text("data.replaceSmartClientSecret.client.state") != "APPROVED" {
		t.Errorf("%v", again)
	}
	off := r.administer(t, `mutation { switchOff(kind: CLIENT, what: "`+app.text("id")+`", reason: "It was stolen") { kind what name by } }`)
	if off.text("data.switchOff.0.name") != "Growth charts" || off.text("data.switchOff.0.kind") != "CLIENT" {
		t.Errorf("%v", off)
	}
	if _, err := clients.GetClient(ctx, app.text("id")); !errors.Is(err, fosite.ErrNotFound) {
		t.Error("it goes on:", err)
	}
	if now := r.administer(t, `{ smartClient(id: "`+app.text("id")+`") { state off { by reason name } } }`); now.text("data.smartClient.state") != "OFF" ||
		now.text("data.smartClient.off.reason") != "It was stolen" || now.text("data.smartClient.off.name") != "Growth charts" {
		t.Errorf("%v", now)
	}
	r.administer(t, `mutation { switchOn(kind: CLIENT, what: "`+app.text("id")+`", reason: "It was found") { what } }`)
	if _, err := clients.GetClient(ctx, app.text("id")); err != nil {
		t.Error(err)
	}
	r.clientsAreInTheLedger(t, app.text("id"))
}

func (r *region) clientsAreInTheLedger(t *testing.T, id string) {
	t.Helper()
	events, err := r.server.ledger.Events(t.Context(), audit.Filter{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range events {
		if e := &events[i]; strings.HasPrefix(e.Target, "client:") {
			got = append(got, e.Actor.Name+": "+strings.TrimPrefix(e.Target, "client:")+": "+e.Reason)
		}
	}
	slices.Reverse(got)
	want := []string{
		"Ola Fashanu: " + id + ": propose a client", "Petra Lindqvist: " + id + ": approve a client", "Ola Fashanu: " + id + ": ",
		"Ola Fashanu: " + id + ": replace the secret of a client", "Ola Fashanu: " + id + ": switch off: It was stolen", "Ola Fashanu: " + id + ": ",
		"Ola Fashanu: " + id + ": switch on: It was found",
	}
	if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestAnEPRIsRegistered with everything it may do, and its keys are approved anew.
func TestAnEPRIsRegistered(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	app := r.registered(t, growthCharts())
	hospital := r.System("hospital")
	epr := r.registered(t, map[string]any{
		"name": "Riverside EPR", "method": "PRIVATE_KEY_JWT", "jwks": publicKeys(t), "scopes": []string{"patchwork/launch", "system/Patient.rs"},
		"position": map[string]any{"role": "analyst", "organisation": hospital.Organisation, "careSetting": "acute"},
		"launching": map[string]any{
			"apps": []string{app.text("id")}, "organisations": []string{hospital.Organisation}, "logins": []string{"local"}, "trust": true, "origins": []string{"https://epr.example"},
		},
	})
	for path, want := range map[string]string{
		"launching.apps.0.name": "Growth charts", "launching.organisations.0.name": hospital.Name, "launching.logins.0.name": "Patchwork’s own accounts",
		"launching.origins.0": "https://epr.example", "position.role": "analyst", "position.organisation.name": hospital.Name, "keys.0.kid": "a", "keys.0.kty": "EC", "keys.0.alg": "ES384",
	} {
		if epr.text(path) != want {
			t.Errorf("%s: %q", path, epr.text(path))
		}
	}
	if len(epr.text("keys.0.thumbprint")) != 43 || epr.at("launching.trust") != true || epr.at("launching.prefill") != false {
		t.Errorf("%v", epr)
	}
	changed := r.ask(t, auth.RoleAdministrator, `mutation($id: ID!, $jwks: String) { replaceSmartClientKeys(id: $id, jwks: $jwks) { `+clientFields+` } }`,
		map[string]any{"id": epr.text("id"), "jwks": publicKeys(t)})
	now, _ := changed.at("data.replaceSmartClientKeys").(map[string]any)
	if object(now).text("state") != "PROPOSED" || object(now).text("keys.0.thumbprint") == epr.text("keys.0.thumbprint") {
		t.Fatalf("%v", changed)
	}
	if stale := r.secondAdministrator(t, approving(epr), nil); !strings.Contains(stale.text("errors.0.message"), "look at it again") {
		t.Errorf("keys that nobody reviewed are approved: %v", stale)
	}
	if again := r.secondAdministrator(t, approving(now), nil); again.text("data.approveSmartClient.state") != "APPROVED" {
		t.Errorf("%v", again)
	}
}

func TestWhatIsWrongWithAClientIsSaidAtItsField(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	app := r.registered(t, growthCharts())
	launching := func(key string, v any) map[string]any {
		l := map[string]any{"apps": []string{app.text("id")}, "organisations": []string{"RRV01"}, "logins": []string{"local"}}
		l[key] = v
		return l
	}
	for name, c := range map[string]struct {
		change map[string]any
		field  string
	}{
		"a blank name":                  {map[string]any{"name": " "}, "name"},
		"NUL":                           {map[string]any{"name": "a\x00b"}, "name"},
		"http":                          {map[string]any{"redirectUris": []string{"http://app.example/"}}, "redirectURIs"},
		"no redirect":                   {map[string]any{"redirectUris": []string{}}, "redirectURIs"},
		"a launch URL that is none":     {map[string]any{"launchUrl": "app.example"}, "launchURL"},
		"no scope":                      {map[string]any{"scopes": []string{}}, "scopes"},
		"a scope that is not known":     {map[string]any{"scopes": []string{"everything"}}, "scopes"},
		"a system scope for an app":     {map[string]any{"scopes": []string{"system/Patient.rs"}}, "scopes"},
		"keys for an app":               {map[string]any{"jwksUrl": "https://app.example/keys"}, "jwks"},
		"no keys for a service":         {map[string]any{"method": "PRIVATE_KEY_JWT"}, "jwks"},
		"a private key":                 {map[string]any{"method": "PRIVATE_KEY_JWT", "jwks": `{"keys":[{"kty":"oct","k":"AAAA","kid":"a"}]}`}, "jwks"},
		"a position without need":       {map[string]any{"position": map[string]any{"role": "gp", "organisation": "RRV01"}}, "position"},
		"an app that is not registered": {map[string]any{"method": "PRIVATE_KEY_JWT", "jwksUrl": "https://epr.example/keys", "launching": launching("apps", []string{"x"})}, "apps"},
		"no ODS code":                   {map[string]any{"method": "PRIVATE_KEY_JWT", "jwksUrl": "https://epr.example/keys", "launching": launching("organisations", []string{"Riverside"})}, "organisations"},
		"no login":                      {map[string]any{"method": "PRIVATE_KEY_JWT", "jwksUrl": "https://epr.example/keys", "launching": launching("logins", []string{})}, "logins"},
		"no such login":                 {map[string]any{"method": "PRIVATE_KEY_JWT", "jwksUrl": "https://epr.example/keys", "launching": launching("logins", []string{"x"})}, "logins"},
		"an origin with a path":         {map[string]any{"method": "PRIVATE_KEY_JWT", "jwksUrl": "https://epr.example/keys", "launching": launching("origins", []string{"https://epr.example/x"})}, "origins"},
		"an EPR without a key":          {map[string]any{"launching": launching("trust", false)}, "launching"},
	} {
		input := growthCharts()
		maps.Copy(input, c.change)
		got := r.propose(t, input)
		if got.text("errors.0.extensions.code") != resolvers.CodeBadInput || got.text("errors.0.extensions.field") != c.field || got.text("errors.0.message") == "" {
			t.Errorf("%s: %v", name, got)
		}
	}
	id := app.text("id")
	for _, query := range []string{
		`mutation { approveSmartClient(id: "nobody", edition: "x") { id } }`, `mutation { approveSmartClient(id: "a\u0000", edition: "x") { id } }`,
		`mutation { replaceSmartClientSecret(id: "` + id + `") { secret } }`, `mutation { replaceSmartClientSecret(id: "nobody") { secret } }`,
		`mutation { replaceSmartClientKeys(id: "` + id + `", jwksUrl: "https://app.example/") { id } }`,
		`mutation { switchOff(kind: CLIENT, what: "nobody", reason: "It was stolen") { what } }`,
	} {
		if got := r.administer(t, query); got.text("errors.0.extensions.code") != resolvers.CodeBadInput {
			t.Errorf("%s: %v", query, got)
		}
	}
	if got := r.administer(t, `{ smartClient(id: "nobody") { id } smartScopes(scopes: ["openid", "x y"]) { scope words } }`); got.at("data.smartClient") != nil ||
		got.text("data.smartScopes.0.words") == "" || got.at("data.smartScopes.1.words") != nil {
		t.Errorf("%v", got)
	}
	if all, err := r.server.clients.List(t.Context()); err != nil || len(all) != 2 {
		t.Error(len(all), err)
	}
}

// TestALaunchIsTried: what is wrong is said with what to do, and that it was tried is in the
// ledger.
func TestALaunchIsTried(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	app := r.registered(t, growthCharts())
	epr := r.registered(t, map[string]any{
		"name": "Riverside EPR", "method": "PRIVATE_KEY_JWT", "jwks": publicKeys(t), "scopes": []string{"patchwork/launch"},
		"launching": map[string]any{"apps": []string{app.text("id")}, "organisations": []string{"RRV01"}, "logins": []string{"local"}},
	})
	try := func(id, way, sent string) []object {
		return r.ask(t, auth.RoleAdministrator, `mutation($id: ID!, $way: LaunchWay!, $sent: String) { testLaunch(id: $id, way: $way, sent: $sent) { name ok found mend } }`,
			map[string]any{"id": id, "way": way, "sent": sent}).list("data.testLaunch")
	}
	for _, c := range try(epr.text("id"), "MINT", "") {
		if c["ok"] != true {
			t.Errorf("%v", c)
		}
	}
	for _, c := range []struct{ id, way, sent string }{
		{"nobody", "SIGNED", ""}, {"nobody", "ISSUER", ""}, {epr.text("id"), "PREFILL", ""}, {epr.text("id"), "SIGNED", "x"}, {epr.text("id"), "MINT", `{"patient": {"value": "9449304130"}}`},
	} {
		if !slices.ContainsFunc(try(c.id, c.way, c.sent), func(c object) bool { return c["ok"] == false && c.text("found") != "" && c.text("mend") != "" }) {
			t.Errorf("%v is well", c)
		}
	}
	events, err := r.server.ledger.Events(t.Context(), audit.Filter{Limit: 1000})
	if err != nil || !slices.ContainsFunc(events, func(e audit.Event) bool {
		return e.Target == "test launch:"+epr.text("id") && e.Actor.Name == "Ola Fashanu"
	}) ||
		slices.ContainsFunc(events, func(e audit.Event) bool { return strings.Contains(e.Target, "nobody") }) {
		t.Error("that it was tried is not in the ledger, or what was only written is", err)
	}
}

// TestPatchworksOwnClientIsShownAndNotChanged: the viewer follows the configuration.
func TestPatchworksOwnClientIsShownAndNotChanged(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	viewer, _ := r.administer(t, `{ smartClient(id: "patchwork-viewer") { `+clientFields+` } }`).at("data.smartClient").(map[string]any)
	if viewer["builtIn"] != true || viewer["state"] != "APPROVED" || viewer["trusted"] != true {
		t.Errorf("%v", viewer)
	}
	for _, query := range []string{
		approving(viewer), `mutation { replaceSmartClientSecret(id: "patchwork-viewer") { secret } }`,
		`mutation { replaceSmartClientKeys(id: "patchwork-viewer", jwksUrl: "https://evil.example/") { id } }`,
		`mutation { switchOff(kind: CLIENT, what: "patchwork-viewer", reason: "It was stolen") { what } }`,
	} {
		if got := r.administer(t, query); !strings.Contains(got.text("errors.0.message"), "part of Patchwork") {
			t.Errorf("%s: %v", query, got)
		}
	}
}
