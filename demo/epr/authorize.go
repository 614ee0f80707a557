package epr

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// SMARTLaunch is the address that opens the record, or another app, as an app of the
// EPR's own SMART server: app with iss and launch. "" is Options.AppURL, whoever is signed
// in, and whoever is on screen.
func (e *EPR) SMARTLaunch(app, clinician, patient string) (string, error) {
	c, p := e.o.clinician(clinician), e.o.patient(patient)
	if c == nil || p == nil {
		return "", errNobody
	}
	if app == "" {
		app = e.o.AppURL
	}
	at, err := url.Parse(app)
	if err != nil {
		return "", err
	}
	q := at.Query()
	q.Set("iss", e.FHIR)
	q.Set("launch", e.issued.give(e.issued.launches, grant{clinician: c, patient: p}, launchLife))
	at.RawQuery = q.Encode()
	return at.String(), nil
}

// authorize is the authorization endpoint (SMART App Launch 2.2 §app-launch). The
// clinician is signed in already, so it answers at once.
func (e *EPR) authorize(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		http.Error(w, "GET or POST", http.StatusMethodNotAllowed)
		return
	}
	if err := r.ParseForm(); err != nil {
		e.refusePage(w, "the request is no form")
		return
	}
	client, known := e.issued.client(r.Form.Get("client_id"))
	switch back := r.Form.Get("redirect_uri"); {
	case !known:
		e.refusePage(w, "the client_id is not registered at this EPR")
		return
	case !slices.Contains(client.RedirectURIs, back):
		e.refusePage(w, "the redirect_uri is not one of the client's, to the letter")
		return
	}
	code, problem := e.code(client, r.Form)
	e.redirect(w, r, code, problem)
}

// refusePage is for whoever may not be redirected.
func (e *EPR) refusePage(w http.ResponseWriter, why string) {
	e.journal.add(Step{Name: "authorize", Status: http.StatusBadRequest, Code: "invalid_request", Description: why})
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusBadRequest)
	fmt.Fprintf(w, "<!doctype html><title>Not allowed</title><h1>The app cannot be opened</h1><p>%s.", html.EscapeString(why))
}

func (e *EPR) redirect(w http.ResponseWriter, r *http.Request, code string, problem *Step) {
	answer := url.Values{"state": {r.Form.Get("state")}, "iss": {e.Issuer}}
	if problem != nil {
		answer.Set("error", problem.Code)
		answer.Set("error_description", problem.Description)
		e.journal.add(Step{Name: "authorize", Status: http.StatusFound, Code: problem.Code, Description: problem.Description})
	} else {
		answer.Set("code", code)
		e.journal.add(Step{Name: "authorize", Status: http.StatusFound})
	}
	if e.gate.is(faultAuthorizeISS) {
		answer.Set("iss", "https://another-issuer.example")
	}
	if e.gate.is(faultAuthorizeState) {
		answer.Set("state", "another-state")
	}
	back, err := url.Parse(r.Form.Get("redirect_uri"))
	if err != nil {
		e.refusePage(w, "the redirect_uri is no address")
		return
	}
	all := back.Query()
	for name, values := range answer {
		all[name] = values
	}
	back.RawQuery = all.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// code judges a request and gives it a code.
func (e *EPR) code(client Client, form url.Values) (string, *Step) {
	refuse := func(code, why string) (string, *Step) { return "", &Step{Code: code, Description: why} }
	asked := strings.Fields(form.Get("scope"))
	aud := form.Get("aud")
	if aud == "" {
		aud = form.Get("resource") // RFC 8707
	}
	switch {
	case form.Get("response_type") != "code":
		return refuse("unsupported_response_type", "only response_type=code is supported")
	case form.Get("state") == "":
		return refuse("invalid_request", "there is no state")
	case strings.TrimSuffix(aud, "/") != e.FHIR:
		return refuse("invalid_request", "aud is not the FHIR base of this EPR")
	case form.Get("code_challenge_method") != "S256" || len(form.Get("code_challenge")) != 43:
		return refuse("invalid_request", "PKCE with S256 is needed")
	case !e.detailsFit(form.Get("authorization_details")):
		return refuse("invalid_authorization_details", "authorization_details is not about the FHIR base of this EPR")
	}
	g, problem := e.context(asked, form)
	if problem != nil {
		return "", problem
	}
	g.client, g.redirectURI = client.ID, form.Get("redirect_uri")
	g.challenge, g.nonce, g.scopes = form.Get("code_challenge"), form.Get("nonce"), granted(asked)
	if len(g.scopes) == 0 {
		return refuse("invalid_scope", "none of the scopes is offered")
	}
	return e.issued.give(e.issued.codes, g, codeLife), nil
}

// context is who and whom the launch is about. A standalone launch is about whoever is
// first.
func (e *EPR) context(asked []string, form url.Values) (grant, *Step) {
	if launch := form.Get("launch"); launch != "" {
		g, ok := e.issued.take(e.issued.launches, launch)
		if !ok {
			return g, &Step{Code: "invalid_request", Description: "the launch is unknown, used or expired"}
		}
		if !slices.Contains(asked, "launch") {
			return g, &Step{Code: "invalid_scope", Description: "a launch needs the scope launch"}
		}
		return g, nil
	}
	if slices.Contains(asked, "launch") {
		return grant{}, &Step{Code: "invalid_request", Description: "the scope launch needs a launch"}
	}
	return grant{clinician: e.o.clinician(""), patient: e.o.patient("")}, nil
}
