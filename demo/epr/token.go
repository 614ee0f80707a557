package epr

import (
	"crypto/sha256"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// token is the token endpoint.
func (e *EPR) token(w http.ResponseWriter, r *http.Request) {
	anyOrigin(w)
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := r.ParseForm(); err != nil {
		e.refuse(w, Step{Status: http.StatusBadRequest, Code: "invalid_request", Description: "the request is no form"})
		return
	}
	client, problem := e.authenticate(r)
	if problem == nil && r.PostForm.Get("grant_type") != "authorization_code" {
		problem = &Step{Status: http.StatusBadRequest, Code: "unsupported_grant_type", Description: "only authorization_code is supported"}
	}
	if problem != nil {
		e.refuse(w, *problem)
		return
	}
	g, why := e.redeem(client, r.PostForm)
	if why != "" {
		e.refuse(w, Step{Status: http.StatusBadRequest, Code: "invalid_grant", Description: why})
		return
	}
	answer, err := e.tokenResponse(g)
	if err != nil {
		e.refuse(w, Step{Status: http.StatusInternalServerError, Code: "server_error", Description: "the id_token cannot be signed"})
		return
	}
	e.journal.add(Step{Name: "token", Status: http.StatusOK})
	sendJSON(w, http.StatusOK, answer)
}

func (e *EPR) refuse(w http.ResponseWriter, s Step) {
	s.Name = "token"
	e.journal.add(s)
	sendJSON(w, s.Status, map[string]string{"error": s.Code, "error_description": s.Description})
}

// redeem gives what a code stands for. Whatever comes of it, the code is used.
func (e *EPR) redeem(client Client, form url.Values) (grant, string) {
	g, ok := e.issued.take(e.issued.codes, form.Get("code"))
	challenge := sha256.Sum256([]byte(form.Get("code_verifier")))
	switch {
	case !ok:
		return g, "the code is unknown, used or expired"
	case g.client != client.ID:
		return g, "the code was given to another client"
	case g.redirectURI != form.Get("redirect_uri"):
		return g, "redirect_uri is not that of the authorization request"
	case encode(challenge[:]) != g.challenge:
		return g, "the code_verifier does not fit the code_challenge"
	}
	return g, ""
}

// tokenResponse: SMART App Launch 2.2 §response.
func (e *EPR) tokenResponse(g grant) (map[string]any, error) {
	answer := map[string]any{
		"access_token": e.issued.give(e.issued.tokens, g, tokenLife), "token_type": "Bearer", "expires_in": int(tokenLife.Seconds()),
		"scope": strings.Join(g.scopes, " "),
	}
	if patient := e.patientIn(g); patient != nil {
		answer["need_patient_banner"] = false // the EPR has one of its own
		if e.o.PatientInDetails {
			answer["authorization_details"] = e.details(g, patient)
		} else {
			answer["patient"] = patient
		}
		if g.patient.Encounter != "" {
			answer["encounter"] = g.patient.Encounter
		}
	}
	if slices.Contains(g.scopes, "openid") && !e.gate.is(faultNoIDToken) {
		var err error
		if answer["id_token"], err = e.idToken(g); err != nil {
			return nil, err
		}
	}
	return answer, nil
}

// patientIn is the patient as the token response has it; nil if it has none.
func (e *EPR) patientIn(g grant) any {
	asked := slices.Contains(g.scopes, "launch") || slices.Contains(g.scopes, "launch/patient")
	switch {
	case !asked || e.gate.is(faultNoPatient):
		return nil
	case e.gate.is(faultArrayPatient):
		return []string{g.patient.ID}
	case e.gate.is(faultURLPatient):
		return e.FHIR + "/Patient/" + g.patient.ID
	}
	return g.patient.ID
}
