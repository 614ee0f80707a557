package epr

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// nhsNumberSystem is UK Core's.
const nhsNumberSystem = "https://fhir.nhs.uk/Id/nhs-number"

// assertionType is RFC 7523 §2.2.
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// launchScope is what a back end needs to mint launches, and to say whom it shows then.
const launchScope = "patchwork/launch fhircast/*.read fhircast/*.write"

// Request is what the EPR says of a launch: the body of a mint, and the claim launch of
// one that it signs.
type Request struct {
	ClientID          string         `json:"client_id"`
	Patient           RequestPatient `json:"patient"`
	User              RequestUser    `json:"user"`
	Organization      string         `json:"organization,omitempty"`
	Encounter         string         `json:"encounter,omitempty"`
	Intent            string         `json:"intent,omitempty"`
	NeedPatientBanner *bool          `json:"need_patient_banner,omitempty"`
	FHIRContext       []any          `json:"fhirContext,omitempty"`
}

// RequestPatient names the patient: by number, and by birth date against a slip in it.
type RequestPatient struct {
	System    string `json:"system"`
	Value     string `json:"value"`
	BirthDate string `json:"birthDate"`
}

// RequestUser names the user by a login of the record.
type RequestUser struct {
	IDP     string `json:"idp"`
	Subject string `json:"subject,omitempty"`
	Email   string `json:"email,omitempty"`
}

// Launch is what the record answers to a mint.
type Launch struct {
	Launch    string `json:"launch"`
	LaunchURL string `json:"launch_url"`
	ExpiresIn int    `json:"expires_in"`
	ISS       string `json:"iss"`
	// HubURL and HubTopic are where the EPR says that it has moved on (FHIRcast).
	HubURL   string `json:"hub.url"`
	HubTopic string `json:"hub.topic"`
}

// Request is the request of a clinician about a patient, to open the first of the apps.
// "" is whoever is signed in, and whoever is on screen; somebody who is not in the
// Options has an empty part.
func (e *EPR) Request(clinician, patient string) Request {
	r := Request{ClientID: e.o.Apps[0].ID, Organization: e.o.Organisation}
	if c := e.o.clinician(clinician); c != nil {
		r.User = RequestUser{IDP: c.IDP, Subject: c.Subject, Email: c.Email}
	}
	if p := e.o.patient(patient); p != nil {
		r.Patient = RequestPatient{System: nhsNumberSystem, Value: p.NHSNumber, BirthDate: p.BirthDate}
		r.Encounter = p.Encounter
	}
	return r
}

// tokenURL, mintURL and openURL are the record's addresses for EPRs.
func (e *EPR) tokenURL() string { return e.o.Patchwork + "/smart/token" }
func (e *EPR) mintURL() string  { return e.o.Patchwork + "/smart/launch" }
func (e *EPR) openURL() string  { return e.o.Patchwork + "/smart/open" }

// Assertion is a fresh proof of who the EPR is, for the record's token address (SMART App
// Launch §client-confidential-asymmetric).
func (e *EPR) Assertion(changes Changes) (string, error) {
	return e.Sign(nil, changes.over(e.claims(e.tokenURL())))
}

// LaunchJWT is a launch signed with the EPR's key, to be posted to the record.
func (e *EPR) LaunchJWT(r Request, changes Changes) (string, error) {
	claims := e.claims(e.openURL())
	claims["launch"] = r
	return e.Sign(map[string]any{"alg": e.o.LaunchAlg}, changes.over(claims))
}

func (e *EPR) claims(audience string) map[string]any {
	now := e.o.Now()
	return map[string]any{
		"iss": e.o.ClientID, "sub": e.o.ClientID, "aud": audience, "jti": rand.Text(),
		"iat": now.Unix(), "exp": now.Add(2 * time.Minute).Unix(),
	}
}

// Token gets the EPR's back end an access token at the record.
func (e *EPR) Token(ctx context.Context) (string, error) {
	assertion, err := e.Assertion(nil)
	if err != nil {
		return "", err
	}
	form := url.Values{
		"grant_type": {"client_credentials"}, "scope": {launchScope},
		"client_assertion_type": {assertionType}, "client_assertion": {assertion},
	}
	var token struct {
		AccessToken string `json:"access_token"`
	}
	err = e.ask(ctx, "token", e.tokenURL(), "application/x-www-form-urlencoded", "", []byte(form.Encode()), &token)
	return token.AccessToken, err
}

// Mint has the record make a launch. An error of the record is a Step.
func (e *EPR) Mint(ctx context.Context, r Request) (Launch, error) {
	token, err := e.Token(ctx)
	if err != nil {
		return Launch{}, err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return Launch{}, err
	}
	var launch Launch
	err = e.ask(ctx, "mint", e.mintURL(), "application/json", token, body, &launch)
	return launch, err
}

// Opened is what a browser that posts a form to the record is told.
type Opened struct {
	Status int
	// Location is where it is sent; "" if it is not.
	Location string
	Body     string
}

// OpenSigned posts a signed launch as a browser would, and stops at the first answer.
func (e *EPR) OpenSigned(ctx context.Context, launchJWT string) (Opened, error) {
	return e.open(ctx, "signed launch", e.openURL(), url.Values{"launch_jwt": {launchJWT}})
}

// OpenLegacy posts an NHS number and a birth date as a browser would.
func (e *EPR) OpenLegacy(ctx context.Context, p Patient) (Opened, error) {
	return e.open(ctx, "legacy launch", e.legacyURL(), legacyFields(p))
}

func (e *EPR) legacyURL() string {
	return e.openURL() + "?" + url.Values{"epr": {e.o.ClientID}}.Encode()
}

func legacyFields(p Patient) url.Values {
	return url.Values{"nhs_number": {p.NHSNumber}, "birth_date": {p.BirthDate}}
}

func (e *EPR) open(ctx context.Context, name, address string, form url.Values) (Opened, error) {
	answer, err := e.send(ctx, address, "application/x-www-form-urlencoded", "", []byte(form.Encode()))
	if err != nil {
		return Opened{}, Step{Name: name, Code: "unreachable", Description: "the record cannot be reached"}
	}
	return Opened{Status: answer.status, Location: answer.header.Get("Location"), Body: string(answer.text)}, answer.judge(name)
}

// ask posts to the record and reads the JSON of its answer. The answer is a Step of the
// way, and the error if it refuses.
func (e *EPR) ask(ctx context.Context, name, address, kind, token string, body []byte, into any) error {
	answer, err := e.send(ctx, address, kind, token, body)
	if err != nil {
		return Step{Name: name, Code: "unreachable", Description: "the record cannot be reached"}
	}
	if err := answer.judge(name); err != nil {
		return err
	}
	if err := json.Unmarshal(answer.text, into); err != nil {
		return Step{Name: name, Status: answer.status, Code: "unreadable", Description: "the answer is not the JSON that was expected"}
	}
	return nil
}

// mostOfAnAnswer bounds what is read of the record's answers.
const mostOfAnAnswer = 1 << 20

// said is what the record answered.
type said struct {
	status int
	header http.Header
	text   []byte
}

func (e *EPR) send(ctx context.Context, address, kind, token string, body []byte) (said, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return said{}, err
	}
	req.Header.Set("Content-Type", kind)
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := e.http.Do(req)
	if err != nil {
		return said{}, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, mostOfAnAnswer))
	return said{resp.StatusCode, resp.Header, text}, err
}

// judge is nil for an answer below 400. A refusal names its cause, as the record gave it.
func (a said) judge(name string) error {
	if a.status < http.StatusBadRequest {
		return nil
	}
	s := Step{Name: name, Status: a.status}
	var refusal struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	if json.Unmarshal(a.text, &refusal) == nil && refusal.Error != "" {
		s.Code, s.Description = refusal.Error, refusal.Description
	} else {
		s.Description = fmt.Sprintf("the answer is %s, not a JSON error", strings.Split(a.header.Get("Content-Type")+";", ";")[0])
	}
	return s
}
