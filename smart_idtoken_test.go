package main

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v3"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// identifying reads ID tokens as an app does: with a library, from the discovery document.
func (h *hostile) identifying() {
	ctx := context.Background()
	provider, err := oidc.NewProvider(ctx, h.http.URL)
	if err != nil {
		h.t.Fatal(err)
	}
	c := chart()
	c.Scopes = append(c.Scopes, "profile")
	app, _ := h.app(c)
	other, _ := h.app(chart())
	b := h.browser().signIn(auth.RoleGP)
	for scopes, x := range map[string]struct {
		leaves []string // what the user leaves of it; nil for all
		who    bool
		name   bool
		about  bool // the patient is told
	}{
		"openid fhirUser launch/patient patient/*.rs":           {nil, true, false, true},
		"openid fhirUser profile user/*.rs":                     {nil, true, true, false},
		"openid launch/patient patient/Observation.rs":          {nil, false, false, true},
		"openid fhirUser profile launch/patient patient/*.rs":   {[]string{"openid", "patient/*.rs"}, false, false, true},
		"openid fhirUser launch/patient patient/*.rs user/*.rs": {[]string{"openid", "fhirUser", "user/*.rs"}, true, false, false},
	} {
		decision := map[string]any{"decision": "approve"}
		if strings.Contains(scopes, "patient") {
			decision["patient"] = h.everything
		}
		if x.leaves != nil {
			decision["scopes"] = x.leaves
		}
		code := b.approve(h.authorize(app, set("scope", scopes)), decision).Query().Get("code")
		status, tokens := h.redeem(app, code)
		raw := tokens.text("id_token")
		read, err := provider.Verifier(&oidc.Config{ClientID: app.ID}).Verify(ctx, raw)
		if status != http.StatusOK || err != nil {
			h.t.Errorf("%s: %d %v", scopes, status, err)
			continue
		}
		var claims struct {
			FHIRUser string `json:"fhirUser"`
			Profile  string `json:"profile"`
			Name     string `json:"name"`
			AuthTime int64  `json:"auth_time"`
		}
		if err := read.Claims(&claims); err != nil || read.Nonce != "nonce-12345678" || read.Subject == "" || !slices.Equal(read.Audience, []string{app.ID}) || claims.AuthTime == 0 {
			h.t.Errorf("%s: %v %+v %+v", scopes, err, read, claims)
		}
		if err := read.VerifyAccessToken(tokens.text("access_token")); err != nil {
			h.t.Errorf("%s: %v", scopes, err)
		}
		if (claims.FHIRUser != "") != x.who || (claims.Name != "") != x.name || (claims.Profile != "") != x.name {
			h.t.Errorf("%s, of which %v: %+v", scopes, x.leaves, claims)
		}
		if (tokens.text("patient") == h.everything) != x.about || !x.about && tokens["patient"] != nil {
			h.t.Errorf("%s, of which %v: the app is told of %v", scopes, x.leaves, tokens["patient"])
		}
		if x.who {
			h.practitioner(claims.FHIRUser, tokens)
		}
		if found := h.personal(plainParts(raw)); found != "" {
			h.t.Errorf("%s: the ID token has %s", scopes, found)
		}
		h.signed(raw)
		if _, err := provider.Verifier(&oidc.Config{ClientID: other.ID}).Verify(ctx, raw); err == nil {
			h.t.Error("another app takes it for its own")
		}
	}
}

// practitioner: `fhirUser` can be read at the FHIR base.
func (h *hostile) practitioner(address string, tokens reply) {
	h.t.Helper()
	path, ok := strings.CutPrefix(address, h.http.URL)
	if !ok || !strings.HasPrefix(path, "/fhir/Practitioner/") {
		h.t.Errorf("fhirUser: %s", address)
		return
	}
	if status, who := h.get(path, tokens.text("access_token")); status != http.StatusOK || who.text("resourceType") != "Practitioner" || who.text("id") == "" {
		h.t.Errorf("fhirUser of a token of %s: %d %v", tokens.text("scope"), status, who)
	}
}

// signed wants the key named, and to be one that is published.
func (h *hostile) signed(raw string) {
	h.t.Helper()
	parsed, err := jose.ParseSigned(raw)
	if err != nil {
		h.t.Error(err)
		return
	}
	header := parsed.Signatures[0].Header
	_, set := h.get("/smart/jwks", "")
	published := slices.ContainsFunc(set.list("keys"), func(key object) bool { return key.text("kid") == header.KeyID })
	if header.Algorithm != "RS256" || header.KeyID == "" || !published {
		h.t.Errorf("signed with %s by %q, published: %v", header.Algorithm, header.KeyID, published)
	}
}

// plainParts are the header and the claims of a JWT.
func plainParts(jwt string) (text string) {
	for part := range strings.SplitSeq(jwt, ".") {
		plain, _ := base64.RawURLEncoding.DecodeString(part)
		text += string(plain)
	}
	return text
}

// versioning asks for the same in SMART v1 and v2: both are answered as they were asked, and
// open the same.
func (h *hostile) versioning() {
	one, two := chart(), chart()
	one.Scopes = []string{"openid", "launch/patient", "patient/Observation.read", "patient/Patient.read", "user/Condition.*"}
	two.Scopes = []string{"openid", "launch/patient", "patient/Observation.rs", "patient/Patient.rs", "user/Condition.cruds"}
	b := h.browser().signIn(auth.RoleGP)
	for _, pair := range []struct{ asked, v1, v2 string }{
		{"Observation", "launch/patient patient/Observation.read", "launch/patient patient/Observation.rs"},
		{"Patient", "launch/patient patient/Patient.read", "launch/patient patient/Patient.rs"},
		{"*", "launch/patient patient/Observation.read patient/Patient.read", "launch/patient patient/Observation.rs patient/Patient.rs"},
	} {
		var seen []string
		for _, c := range []smart.Client{one, two} {
			app, _ := h.app(c)
			for _, asked := range []struct{ scope, want string }{
				{"launch/patient patient/" + pair.asked + ".read", pair.v1}, {"launch/patient patient/" + pair.asked + ".rs", pair.v2}, {"launch/patient patient/" + pair.asked + ".*", pair.v1}, {"launch/patient patient/" + pair.asked + ".cruds", pair.v2},
			} {
				tokens := h.tokensFor(b, app, set("scope", asked.scope))
				if tokens.text("scope") != asked.want {
					h.t.Errorf("%s of %v: %s, not %s", asked.scope, c.Scopes, tokens.text("scope"), asked.want)
				}
				text := ""
				for _, kind := range []string{"Observation", "Condition", "AllergyIntolerance"} {
					status, found := h.get("/fhir/"+kind+"?patient="+h.everything, tokens.text("access_token"))
					n := 0
					for _, e := range found.list("entry") {
						if e.text("resource.resourceType") == kind {
							n++
						}
					}
					text += kind + " " + http.StatusText(status) + " " + string(rune('0'+min(n, 9))) + "; "
				}
				seen = append(seen, text)
			}
		}
		for _, s := range seen {
			opens := strings.Contains(s, "Observation OK") && !strings.Contains(s, "Observation OK 0")
			if s != seen[0] || opens == (pair.asked == "Patient") || strings.Contains(s, "Condition OK") || strings.Contains(s, "Intolerance OK") {
				h.t.Errorf("%s opens %s, and %s", pair.asked, s, seen[0])
			}
		}
	}
}
