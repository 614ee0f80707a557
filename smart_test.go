package main

import (
	"net/http"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
)

// A public app gets a token for one patient by a standalone launch, and reads.
func TestStandaloneLaunch(t *testing.T) {
	t.Parallel()
	a := startAuthorisation(t)
	app, _ := a.app(chart())
	id := a.patientID("everything")
	at := a.browser().signIn(auth.RoleGP).approve(a.authorize(app, nil), map[string]any{"decision": "approve", "patient": id})
	if at.Query().Get("code") == "" || at.Query().Get("state") != "state-12345678" || at.Query().Get("iss") != a.http.URL {
		t.Fatalf("back at the app: %v", at)
	}
	status, tokens := a.redeem(app, at.Query().Get("code"))
	if status != http.StatusOK || tokens.text("patient") != id || tokens.text("id_token") == "" || tokens.text("refresh_token") == "" {
		t.Fatalf("%d %v", status, tokens)
	}
	status, person := a.get("/fhir/Patient/"+id, tokens.text("access_token"))
	if status != http.StatusOK || person.text("id") != id {
		t.Errorf("%d %v", status, person)
	}
}
