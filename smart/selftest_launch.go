package smart

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// clockTime is a time to compare clocks by.
func clockTime(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

// tryLaunch judges what an EPR says of the patient and its user, by its form and by what is
// registered. Nobody is looked up.
func (s *Server) tryLaunch(c *checks, epr *Client, body []byte) {
	var said LaunchRequest
	err := json.Unmarshal(body, &said)
	if !c.note("The launch is JSON of the documented form", err == nil && len(body) <= mostLaunch, "It is not, or larger than 32 KB",
		"An object with client_id, patient {system, value, birthDate}, user {idp, subject or email} and organization; every value is text") {
		return
	}
	rights := epr.Launching
	c.note("client_id is an app that it may open", slices.Contains(rights.Apps, said.ClientID), missingOr(said.ClientID, "It is not among those that are registered for it"),
		"client_id is that of the app to open, not the EPR's own")
	c.note("organization is one of its own", slices.Contains(rights.Organisations, said.Organization), missingOr(said.Organization, "It is not among those that are registered for it"),
		"The ODS code in capital letters, as it is registered")
	c.note("user.idp is one of its logins", slices.Contains(rights.Logins, said.User.IDP), missingOr(said.User.IDP, "It is not among those that are registered for it"),
		"The id of the login in patchwork.yaml; local for Patchwork's own accounts")
	c.note("user has either subject or email", (said.User.Subject == "") != (said.User.Email == ""), "It has neither, or both",
		"subject is the user's id at that login; email only if the login knows users by it")
	c.note("patient.system is that of NHS numbers", said.Patient.System == NHSNumberSystem, missingOr(said.Patient.System, "It is another one"), "Set it to "+NHSNumberSystem)
	_, err = record.ParseNHSNumber(said.Patient.Value)
	c.note("patient.value is an NHS number", err == nil, missingOr(said.Patient.Value, "Its check digit is wrong, or it has not ten digits"), "Send the ten digits as text, not as a number")
	_, err = time.Parse(time.DateOnly, said.Patient.BirthDate)
	c.note("patient.birthDate is a date", err == nil && dateForm.MatchString(said.Patient.BirthDate), missingOr(said.Patient.BirthDate, "It is not a day of the form YYYY-MM-DD"), "Send it as YYYY-MM-DD, without a time")
	c.note("encounter and intent are short", len(said.Encounter) <= maxName && len(said.Intent) <= maxName && printable(said.Encounter) && printable(said.Intent), "They have more than 200 characters, or some that cannot be read", "Send ids or single words")
	err = checkContext(said.FHIRContext)
	c.note("fhirContext is well", err == nil && len(said.FHIRContext) <= 20, "An entry is no reference, or there are more than 20",
		"Each entry has a reference, a canonical or an identifier; the patient and the encounter only with another role than launch")
}

// missingOr says of what is not there that it is missing.
func missingOr(given, otherwise string) string {
	if given == "" {
		return "It is missing"
	}
	return otherwise
}
