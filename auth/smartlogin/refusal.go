package smartlogin

import (
	"errors"
	"net/http"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

// Refusal is why a launch opened nothing. Cause is for the operator: it stands on the page, in
// the log and in the ledger, and holds no name, no number, no secret, and nothing that a
// browser or an EPR sent. Say is what the user is told beyond the code, from the
// configuration; "" for nothing.
type Refusal struct {
	Code       Code
	Cause, Say string
}

// Error is the cause.
func (r *Refusal) Error() string { return r.Cause }

// Refuse makes a Refusal.
func Refuse(code Code, cause string) *Refusal { return &Refusal{Code: code, Cause: cause} }

// Code is what the page says, and what it offers to do next.
type Code string

// The codes. The zero code is none.
const (
	// CodeIssuer: the launch names an EPR that is not configured.
	CodeIssuer Code = "unknown-issuer"
	// CodeLaunch: the launch itself is incomplete.
	CodeLaunch Code = "bad-launch"
	// CodeDiscovery: what the EPR publishes of itself cannot be used.
	CodeDiscovery Code = "discovery-failed"
	// CodeDown: the EPR does not answer.
	CodeDown Code = "epr-unavailable"
	// CodeClient: the EPR does not accept who we say we are.
	CodeClient Code = "client-refused"
	// CodeGrant: the EPR does not accept its code.
	CodeGrant Code = "code-refused"
	// CodeDeclined: the user or the EPR stopped it there.
	CodeDeclined Code = "declined"
	// CodeAnswer: the EPR's answer cannot be accepted.
	CodeAnswer Code = "invalid-answer"
	// CodeClock: the clocks do not agree.
	CodeClock Code = "clock"
	// CodeExpired: it took too long, was used already, or did not begin here.
	CodeExpired Code = "expired"
	// CodeBrowser: it began in another browser.
	CodeBrowser Code = "other-browser"
	// CodeNoPatient: the EPR has no patient at hand.
	CodeNoPatient Code = "no-patient"
	// CodePatient: the EPR's Patient cannot be read, or is somebody else.
	CodePatient Code = "patient-unreadable"
	// CodeNoNumber: the patient has not exactly one NHS number there.
	CodeNoNumber Code = "no-nhs-number"
	// CodeUnverified: the EPR itself has not verified the number.
	CodeUnverified Code = "nhs-number-unverified"
	// CodeNoBirthDate: there is nothing to hold the number against.
	CodeNoBirthDate Code = "no-birth-date"
	// CodeMismatch: the EPR's patient and the region's record do not agree. For the Opener.
	CodeMismatch Code = "demographics-differ"
	// CodeNotFound: no system of the region knows the patient. For the Opener.
	CodeNotFound Code = "patient-not-found"
	// CodeNoRole, CodeRequirement and CodeOff are of the user's access here.
	CodeNoRole      Code = "no-role"
	CodeRequirement Code = "not-strong-enough"
	CodeOff         Code = "switched-off"
	// CodeBusy: too many launches are under way from one address.
	CodeBusy Code = "locked"
	// CodeUnavailable: this server's own state cannot be read or written.
	CodeUnavailable Code = "unavailable"
)

// codeOf is the code of a refusal that other rooms make.
var codeOf = map[auth.RefusalCode]Code{
	auth.RefusedLocked: CodeBusy, auth.RefusedExpired: CodeExpired, auth.RefusedBrowser: CodeBrowser, auth.RefusedDeclined: CodeDeclined,
	auth.RefusedInvalid: CodeAnswer, auth.RefusedNoRole: CodeNoRole, auth.RefusedRequirement: CodeRequirement, auth.RefusedOff: CodeOff,
	auth.RefusedOther: CodeBrowser, auth.RefusedUnavailable: CodeDown,
}

// grantCodes are those of the token endpoint that have a page of their own.
var grantCodes = map[string]Code{"invalid_client": CodeClient, "unauthorized_client": CodeClient, "invalid_grant": CodeGrant}

// refusalOf makes one of any error; false if the error is this server's own trouble, which is
// for the log alone.
func refusalOf(err error) (*Refusal, bool) {
	var ours *Refusal
	var other *auth.Refusal
	if errors.As(err, &ours) {
		_, known := pages[ours.Code]
		return ours, known
	}
	if name, ok := oidc.GrantCode(err); ok {
		code := grantCodes[name]
		if code == "" {
			code = CodeAnswer
		}
		return Refuse(code, err.Error()), true
	}
	if errors.As(err, &other) {
		r := &Refusal{Code: codeOf[other.Code], Cause: other.Cause, Say: other.Say}
		if oidc.ByClock(err) {
			r.Code = CodeClock
		}
		return r, r.Code != ""
	}
	return nil, false
}

// page is what a code says.
type page struct {
	status        int
	title, advice string
}

const askThem = "Ask whoever looks after the connection between your system and Patchwork; give them the reference below."

// pages has the words of every code. NAME is what the launcher is called.
var pages = map[Code]page{
	CodeIssuer:      {http.StatusForbidden, "Patchwork was opened from a system that it does not know", "The address of your system's FHIR server (iss) is not one of those that this Patchwork is set up for, letter by letter. " + askThem},
	CodeLaunch:      {http.StatusBadRequest, "The link that opened Patchwork is incomplete", "Close this window and open Patchwork from the patient's record again. If that does not help: " + askThem},
	CodeDiscovery:   {http.StatusBadGateway, "NAME is not set up as Patchwork expects", "What it publishes about itself cannot be used. " + askThem},
	CodeDown:        {http.StatusServiceUnavailable, "NAME does not answer", "Try again in a few minutes. You can sign in to Patchwork without it and search for the patient."},
	CodeClient:      {http.StatusBadGateway, "NAME does not accept Patchwork as an app", "The id, secret or key with which Patchwork is registered there is not right. " + askThem},
	CodeGrant:       {http.StatusBadGateway, "NAME did not let Patchwork go on", "Close this window and open Patchwork from the patient's record again. If that does not help, the return address may be registered there in another spelling. " + askThem},
	CodeDeclined:    {http.StatusForbidden, "NAME stopped the launch", "You or your system said no. Open Patchwork from the patient's record again if that was not meant."},
	CodeAnswer:      {http.StatusBadGateway, "NAME answered in a way that cannot be accepted", askThem},
	CodeClock:       {http.StatusBadGateway, "The clocks of NAME and of Patchwork do not agree", askThem},
	CodeExpired:     {http.StatusBadRequest, "This launch is over", "It took too long, or was used already. Close this window and open Patchwork from the patient's record again."},
	CodeBrowser:     {http.StatusForbidden, "This launch began in another browser", "Close this window and open Patchwork from the patient's record again."},
	CodeNoPatient:   {http.StatusUnprocessableEntity, "NAME did not say which patient", "Open a patient there, then open Patchwork from that record. If you did: " + askThem},
	CodePatient:     {http.StatusBadGateway, "NAME does not let Patchwork see who the patient is", askThem},
	CodeNoNumber:    {http.StatusUnprocessableEntity, "This patient has no usable NHS number at NAME", "Patchwork finds people by their NHS number. Complete it there, or sign in to Patchwork and search by name and date of birth."},
	CodeUnverified:  {http.StatusUnprocessableEntity, "This patient's NHS number is not verified at NAME", "It could be another person's. Trace it there, or sign in to Patchwork and search by name and date of birth."},
	CodeNoBirthDate: {http.StatusUnprocessableEntity, "This patient has no full date of birth at NAME", "Without it Patchwork cannot make sure that it opens the right person. Complete it there, or sign in to Patchwork and search."},
	CodeMismatch:    {http.StatusConflict, "NAME's patient and the region's record do not agree", "The NHS number is the same and the date of birth is not: one of them is about somebody else. Nothing was opened. Compare the details with the patient, and correct what is wrong."},
	CodeNotFound:    {http.StatusNotFound, "No system in the region knows this patient", "Nothing was opened. Check the NHS number at NAME."},
	CodeNoRole:      {http.StatusForbidden, "You have no access to Patchwork yet", "NAME knows you, but nothing that it says gives you a role here. " + askThem},
	CodeRequirement: {http.StatusForbidden, "Sign in to NAME in a stronger way", "Your sign-in there is not strong enough for Patchwork."},
	CodeOff:         {http.StatusForbidden, "This access is switched off", "An administrator of Patchwork has switched off you, your role, your organisation or this launch."},
	CodeBusy:        {http.StatusTooManyRequests, "Too many launches are under way", "Try again in a few minutes."},
	CodeUnavailable: {http.StatusServiceUnavailable, "Patchwork cannot open a record at the moment", "Try again in a few minutes."},
}

// causeOf gives the cause of a refusal of the code.
func causeOf(err error, code auth.RefusalCode) (string, bool) {
	var refusal *auth.Refusal
	if errors.As(err, &refusal) && refusal.Code == code {
		return refusal.Cause, true
	}
	return "", false
}
