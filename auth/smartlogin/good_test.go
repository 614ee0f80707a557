package smartlogin_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/claims"
	"github.com/patchworkcare/patchwork/auth/smartlogin"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestEPRsOfEveryKind: what must be refused is told from what must not be.
func TestEPRsOfEveryKind(t *testing.T) {
	t.Parallel()
	for name, bend := range map[string]func(*evil, *smartlogin.Config){
		"a secret":               func(*evil, *smartlogin.Config) {},
		"private_key_jwt, ES384": func(e *evil, c *smartlogin.Config) { e.asymmetric(e.t, c, ours(), jose.ES384) },
		"private_key_jwt, RS384": func(e *evil, c *smartlogin.Config) { e.asymmetric(e.t, c, oursRSA(), jose.RS384) },
		"public, PKCE alone":     func(_ *evil, c *smartlogin.Config) { c.ClientSecret, c.Public = "", true },
		"another issuer, as Epic's": func(e *evil, c *smartlogin.Config) {
			e.issuer = e.url + "/oauth2"
			c.Issuer = e.issuer
		},
		"another issuer, keys by OpenID alone": func(e *evil, c *smartlogin.Config) {
			e.config = func(m map[string]any) { delete(m, "jwks_uri"); delete(m, "issuer") }
		},
		"endpoints of the stanza": func(e *evil, c *smartlogin.Config) {
			c.AuthorizationEndpoint, c.TokenEndpoint, c.JWKSURI = e.url+"/authorize?tenant=a", e.url+"/token", e.url+"/jwks"
			e.path[smartConfig] = func(http.ResponseWriter, *http.Request) { e.t.Error("it was asked") }
		},
		"authorization_details": func(e *evil, c *smartlogin.Config) {
			c.Patient = "authorization_details[type=smart_on_fhir].patient"
			e.token = func(m map[string]any) {
				m["patient"] = []string{"a", "b"}
				m["authorization_details"] = []any{
					map[string]any{"type": "other", "patient": "x"},
					map[string]any{"type": "smart_on_fhir", "patient": "another-servers", "locations": []string{"https://other.example/fhir"}},
					map[string]any{"type": "smart_on_fhir", "patient": patientID, "locations": []string{e.iss + "/"}},
				}
			}
		},
		"authorization_details by place": func(e *evil, c *smartlogin.Config) {
			c.Patient = "authorization_details[0].context.patient"
			e.token = func(m map[string]any) {
				delete(m, "patient")
				m["authorization_details"] = []any{map[string]any{"context": map[string]any{"patient": patientID}}}
			}
		},
		"fhirUser relative": func(e *evil, _ *smartlogin.Config) {
			e.claims = func(m map[string]any) { m["fhirUser"] = "Practitioner/77" }
		},
		"no fhirUser, and none asked for": func(e *evil, c *smartlogin.Config) {
			c.Scopes = []string{"launch", "openid", "patient/Patient.read"}
			e.claims = func(m map[string]any) { delete(m, "fhirUser") }
		},
		"the answer says whose it is, as promised": func(e *evil, _ *smartlogin.Config) {
			e.config = func(m map[string]any) { m["authorization_response_iss_parameter_supported"] = true }
		},
		"a number without status": func(e *evil, _ *smartlogin.Config) {
			e.patient = func(p map[string]any) {
				p["identifier"] = []any{number(nhsNumber, nil), number("943 476 5919", nil), number("9434765870", map[string]any{"use": "old"}),
					number("9434765870", map[string]any{"period": map[string]any{"end": "2020-01-01"}})}
			}
		},
		"another system of NHS numbers": func(e *evil, c *smartlogin.Config) {
			c.NHSNumberSystem = "urn:oid:2.16.840.1.113883.2.1.4.1"
			e.patient = func(p map[string]any) {
				p["identifier"] = []any{map[string]any{"system": "urn:oid:2.16.840.1.113883.2.1.4.1", "value": nhsNumber}}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			c := e.stanza()
			bend(e, c)
			if problems := c.Validate(); problems != nil {
				t.Fatal(problems)
			}
			s := serve(t, e, c)
			page := s.browser().walk(e, nil)
			if page.status != http.StatusSeeOther || page.location != "/launch?iss=own&launch=minted" || len(s.launched()) != 1 {
				t.Fatalf("%d %s\n%s\n%s", page.status, page.location, page.text, s.log)
			}
			l := s.launched()[0]
			if l.Proof.Issuer != e.issuer || l.NHSNumber != nhsNumber || l.BirthDate != birthDate {
				t.Errorf("%+v", l)
			}
		})
	}
}

func number(value string, more map[string]any) map[string]any {
	i := map[string]any{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": value}
	for k, v := range more {
		i[k] = v
	}
	return i
}

// TestALaunchOpens: everything that comes of it, on both databases.
func TestALaunchOpens(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		e := newEvil(t)
		s := openSite(t, db, e, e.stanza(), rules())
		b := s.browser()
		page := b.walk(e, nil)
		if page.status != http.StatusSeeOther || page.header.Get("Referrer-Policy") != "no-referrer" || page.header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%+v", page)
		}
		l := s.launched()[0]
		want := smartlogin.Launched{
			Launcher: "river", Proof: l.Proof, Organisation: l.Organisation, NHSNumber: nhsNumber, BirthDate: birthDate, Family: family,
			Encounter: "SECRET-enc", Intent: "reconcile", NoBanner: true,
			Identity: auth.Identity{Issuer: e.issuer, Subject: subject, Name: "Sam SECRETNAME", Identifiers: map[string]string{}, Positions: l.Identity.Positions},
		}
		if !reflect.DeepEqual(l, want) || l.Organisation.ODS != "RRV01" || len(l.Identity.Positions) != 1 || l.Identity.Positions[0].Role != "hospital-doctor" {
			t.Errorf("%+v", l)
		}
		if l.Proof.Subject != subject || l.Proof.Claims["fhirUser"] != e.iss+"/Practitioner/77" || l.Proof.Kept != nil || l.Proof.Session != "session-1" {
			t.Errorf("%+v", l.Proof)
		}
		said, _ := json.Marshal(l.Proof.Claims["token_response"])
		if !strings.Contains(string(said), "reconcile") || strings.Contains(string(said), "_token\":") {
			t.Errorf("%s", said)
		}
		events := s.events()
		if len(events) != 1 || events[0].Action != smartlogin.ActionLaunch || events[0].Decision != audit.Permit || events[0].Target != "launcher:river" ||
			events[0].Actor.Issuer != e.issuer || events[0].Actor.Name != "Sam SECRETNAME" || events[0].Actor.Organisation != "RRV01" {
			t.Errorf("%+v", events)
		}
		if info := s.handler.Infos(); len(info) != 1 || !info[0].LastSuccess.Equal(e.now()) || info[0].Cause != "" {
			t.Errorf("%+v", info)
		}
		if s.count(`SELECT count(*) FROM smartlogin_attempt`) != 0 {
			t.Error("a launch that is over is still kept")
		}
	})
}

// TestWhatTheEPRIsSent: everything of SMART's request, and nothing in its place.
func TestWhatTheEPRIsSent(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	s := serve(t, e, e.stanza())
	page := s.browser().get("/launch?" + url.Values{"iss": {e.iss + "/"}, "launch": {"a&client_id=b#?"}, "client_id": {"x"}, "redirect_uri": {"https://x.example"}}.Encode())
	u, err := url.Parse(page.location)
	if err != nil || page.status != http.StatusSeeOther {
		t.Fatal(page)
	}
	q := u.Query()
	for name, want := range map[string]string{"tenant": "a", "response_type": "code", "client_id": clientID, "redirect_uri": s.URL + "/auth/epr/river/return",
		"scope": "launch openid fhirUser patient/Patient.r", "aud": e.iss, "launch": "a&client_id=b#?", "code_challenge_method": "S256"} {
		if len(q[name]) != 1 || q.Get(name) != want {
			t.Errorf("%s is %q, not %q", name, q[name], want)
		}
	}
	if len(q.Get("state")) != 43 || len(q.Get("code_challenge")) != 43 || len(q.Get("nonce")) < 22 {
		t.Errorf("%v", q)
	}
	cookie := page.header.Get("Set-Cookie")
	if !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") || strings.Contains(cookie, q.Get("state")) {
		t.Error(cookie)
	}
}

// TestTheViewersOwnLaunches are not for this package.
func TestTheViewersOwnLaunches(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	s := serve(t, e, e.stanza())
	for _, query := range []string{"", "?launch=a", "?iss=" + url.QueryEscape(s.URL+"/fhir") + "&launch=a", "?iss=" + url.QueryEscape(s.URL+"/fhir/") + "&launch=a"} {
		if page := s.browser().get("/launch" + query); page.status != http.StatusOK || page.text != "the viewer's page" {
			t.Errorf("%s: %+v", query, page)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodHead, http.MethodPut} {
		if page := s.browser().do(method, "/launch?iss="+url.QueryEscape(e.iss)+"&launch=a", nil, nil); page.status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, page.status)
		}
	}
	if e.connections() != 0 || len(s.events()) != 0 {
		t.Error("something was asked, or recorded")
	}
}

// TestThePractitionerIsRead where the stanza says so, and serves the mapping.
func TestThePractitionerIsRead(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	c := e.stanza()
	c.Practitioner, c.Scopes = true, []string{"launch", "openid", "fhirUser", "user/Practitioner.r", "patient/Patient.r"}
	if problems := c.Validate(); problems != nil {
		t.Fatal(problems)
	}
	e.claims = func(m map[string]any) { m["practitioner"] = map[string]any{"forged": true} }
	r := claims.Rules{
		Name: "claims.name", Identifiers: map[string]string{"gmc": `claims.practitioner.identifier.filter(i, i.system == "https://fhir.hl7.org.uk/Id/gmc-number")[0].value`},
		Roles: []claims.RoleRule{{When: `claims.token_response.intent == "reconcile" && !has(claims.practitioner.forged)`, Role: "hospital-doctor"}},
	}
	s := openSite(t, fresh(t), e, c, r)
	if page := s.browser().walk(e, nil); page.status != http.StatusSeeOther || s.launched()[0].Identity.Identifiers["gmc"] != "7654321" {
		t.Fatalf("%d %s %+v", page.status, page.text, s.launched())
	}
}

// TestTheSameSubjectOfTwoEPRsIsTwoPeople.
func TestTheSameSubjectOfTwoEPRsIsTwoPeople(t *testing.T) {
	t.Parallel()
	var people []auth.Identity
	for range 2 {
		e := newEvil(t)
		s := serve(t, e, e.stanza())
		s.browser().walk(e, nil)
		people = append(people, s.launched()[0].Identity)
	}
	if people[0].Subject != people[1].Subject || people[0].Issuer == people[1].Issuer {
		t.Errorf("%+v", people)
	}
}

// TestOurKeysArePublished for the EPR, and never the private half.
func TestOurKeysArePublished(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	c := e.stanza()
	e.asymmetric(t, c, ours(), jose.ES384)
	s := serve(t, e, c)
	page := s.browser().get("/auth/epr/river/jwks")
	var set jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(page.text), &set); err != nil || len(set.Keys) != 1 || set.Keys[0].KeyID != "p1" || set.Keys[0].Algorithm != "ES384" || !set.Keys[0].IsPublic() {
		t.Errorf("%v %s", err, page.text)
	}
	secret := newEvil(t)
	for _, path := range []string{"/auth/epr/river/jwks", "/auth/epr/lake/jwks", "/auth/epr/lake/return", "/auth/epr/river/other"} {
		if page := serve(t, secret, secret.stanza()).browser().get(path); page.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, page.status)
		}
	}
}

// TestALaunchComesBackOnce, whoever is quicker: 32 browsers' worth of one answer.
func TestALaunchComesBackOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		e := newEvil(t)
		s := openSite(t, db, e, e.stanza(), rules())
		b := s.browser()
		back := b.atEPR(b.depart(e).location)
		var all sync.WaitGroup
		var mu sync.Mutex
		opened := 0
		for range 32 {
			all.Go(func() {
				page := b.get(back)
				mu.Lock()
				defer mu.Unlock()
				if page.status == http.StatusSeeOther {
					opened++
				} else if !strings.Contains(page.text, "<dd>expired</dd>") {
					t.Errorf("%d %s", page.status, page.text)
				}
			})
		}
		all.Wait()
		if opened != 1 || len(s.launched()) != 1 || e.times("/token") != 1 || len(s.events()) != 32 {
			t.Errorf("opened %d, asked %d, %d events", opened, e.times("/token"), len(s.events()))
		}
	})
}
