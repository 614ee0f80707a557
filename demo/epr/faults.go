package epr

import (
	"fmt"
	"net/http"
	"strings"
)

// Names of the faults that the EPR can be told to commit (README.md).
const (
	// of transport, on the addresses that servers ask
	faultHang          = "hang"
	faultHTML          = "html"
	faultHuge          = "huge"
	faultToken500      = "token-500"
	faultRedirectToken = "redirect-token"
	// of discovery and of the way back
	faultForeignEndpoints = "foreign-endpoints"
	faultAuthorizeISS     = "authorize-iss"
	faultAuthorizeState   = "authorize-state"
	// of who the patient is
	faultNoPatient      = "no-patient"
	faultArrayPatient   = "array-patient"
	faultURLPatient     = "url-patient"
	faultNoNHSNumber    = "no-nhs-number"
	faultOtherBirthDate = "other-birth-date"
	faultOtherPatient   = "other-patient"
	// of who the user is
	faultNoIDToken  = "no-id-token"
	faultIDNone     = "id-token-none"
	faultIDForeign  = "id-token-foreign-key"
	faultIDWrongAud = "id-token-wrong-aud"
	faultIDWrongISS = "id-token-wrong-iss"
	faultIDNonce    = "id-token-nonce"
	faultIDAZP      = "id-token-azp"
	faultExpired    = "expired"
)

// FaultNames lists every fault.
func FaultNames() []string {
	return []string{
		faultHang, faultHTML, faultHuge, faultToken500, faultRedirectToken,
		faultForeignEndpoints, faultAuthorizeISS, faultAuthorizeState,
		faultNoPatient, faultArrayPatient, faultURLPatient, faultNoNHSNumber, faultOtherBirthDate, faultOtherPatient,
		faultNoIDToken, faultIDNone, faultIDForeign, faultIDWrongAud, faultIDWrongISS, faultIDNonce, faultIDAZP, faultExpired,
	}
}

// sendHTML is what a gateway in front of an EPR answers when nobody is signed in there.
func sendHTML(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<!doctype html><title>Sign in</title><p>Your session at the gateway is over.")
}

// hugeBytes are more than anybody should read.
const hugeBytes = 64 << 20

// sendHuge is JSON of one endless text.
func sendHuge(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	part := strings.Repeat("a", 1<<16)
	fmt.Fprint(w, `{"filling":"`)
	for sent := 0; sent < hugeBytes; sent += len(part) {
		if _, err := fmt.Fprint(w, part); err != nil {
			return // the reader has had enough
		}
	}
	fmt.Fprint(w, `"}`)
}

// tokenFault commits the faults of the token address alone, and reports whether it did.
// A client that follows the redirect brings its code and its assertion to another host.
func (e *EPR) tokenFault(w http.ResponseWriter, r *http.Request, fault string) bool {
	switch fault {
	case faultToken500:
		e.journal.add(Step{Name: "token", Status: http.StatusInternalServerError, Code: "server_error", Description: "the fault " + fault})
		http.Error(w, "java.lang.NullPointerException", http.StatusInternalServerError)
	case faultRedirectToken:
		http.Redirect(w, r, e.Control+trapPath+"/token", http.StatusTemporaryRedirect)
	default:
		return false
	}
	return true
}
