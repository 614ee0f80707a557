package export

import "github.com/patchworkcare/patchwork/audit"

// coding is a code of a terminology.
type coding struct {
	System  string `json:"system,omitempty"`
	Code    string `json:"code,omitempty"`
	Display string `json:"display,omitempty"`
}

// Terminologies.
const (
	dcm         = "http://dicom.nema.org/resources/ontology/DCM"
	interaction = "http://hl7.org/fhir/restful-interaction"
	eventType   = "http://terminology.hl7.org/CodeSystem/audit-event-type"
	actReason   = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
	// ours is the action as the ledger names it: every event has it as a subtype, so
	// that nothing is lost in the mapping.
	ours = "urn:patchwork:audit-action"
)

// kind is what an action is in the terms of FHIR and of DICOM.
type kind struct {
	event, subtype coding
	// dicom is the DICOM event, where it is not event itself.
	dicom coding
	// action is C, R, U, D or E.
	action string
	// profile is the BALP profile of a success; "" is none. With a patient it is
	// "Patient" and profile.
	profile string
}

func rest(code, action, profile string, dicom coding) kind {
	return kind{event: coding{eventType, "rest", "Restful Operation"}, subtype: coding{interaction, code, code}, dicom: dicom, action: action, profile: profile}
}

func security(action, code, display string) kind {
	return kind{event: coding{dcm, "110113", "Security Alert"}, subtype: coding{dcm, code, display}, action: action}
}

func signIn(code, display string) kind {
	return kind{event: coding{dcm, "110114", "User Authentication"}, subtype: coding{dcm, code, display}, action: "E"}
}

// kindOf maps an action; one of another room's own is an application activity. DICOM
// PS3.16 CID 400 and 401; IHE BALP §3.
func kindOf(action string) kind {
	patientRecord := coding{dcm, "110110", "Patient Record"}
	switch action {
	case audit.ActionRead, audit.ActionDenied:
		return rest("read", "R", "Read", patientRecord)
	case audit.ActionSearch:
		return rest("search", "E", "Query", coding{dcm, "110112", "Query"})
	case audit.ActionLogin, audit.ActionLoginFailed, audit.ActionConfirm:
		return signIn("110122", "Login")
	case audit.ActionLogout:
		return signIn("110123", "Logout")
	case audit.ActionClaim:
		return security("C", "110137", "User Security Attributes Changed")
	case audit.ActionBreakGlass:
		return security("E", "110127", "Emergency Override Started")
	case audit.ActionBreakGlassEnd:
		return security("E", "110138", "Emergency Override Stopped")
	case audit.ActionObject:
		return rest("create", "C", "", patientRecord)
	case audit.ActionObjectEnd:
		return rest("update", "U", "", patientRecord)
	case audit.ActionPolicy:
		return security("U", "110129", "Security Configuration")
	case audit.ActionAccess:
		return security("U", "110137", "User Security Attributes Changed")
	case audit.ActionAuditRead, audit.ActionExport:
		return kind{event: coding{dcm, "110101", "Audit Log Used"}, action: "R"}
	case audit.ActionBackup:
		return kind{event: coding{dcm, "110106", "Export"}, action: "R"}
	case audit.ActionRestore:
		return kind{event: coding{dcm, "110107", "Import"}, action: "C"}
	case audit.ActionReview:
		return kind{event: coding{dcm, "110101", "Audit Log Used"}, action: "U"}
	case audit.ActionRestored, audit.ActionWitness, audit.ActionAccepted:
		return security("E", "110134", "Audit Recording Started")
	}
	return kind{event: coding{dcm, "110100", "Application Activity"}, action: "E"}
}

// inDICOM is the event as DICOM has it.
func (k kind) inDICOM() coding {
	if k.dicom.Code != "" {
		return k.dicom
	}
	return k.event
}

// outcome is 0 for what was done, 4 for what was refused or failed (DICOM PS3.15 A.5).
func outcome(e *audit.Entry) string {
	switch {
	case e.Decision == audit.Deny, e.Action == audit.ActionDenied, e.Action == audit.ActionLoginFailed:
		return "4"
	}
	return "0"
}

// purposes are the event's: the actor's own, and BTG where the glass was broken.
func purposes(e *audit.Entry) []coding {
	var out []coding
	if e.Purpose != "" {
		out = append(out, coding{System: actReason, Code: e.Purpose})
	}
	if e.Purpose != "BTG" && (e.BreakGlass != "" || e.Action == audit.ActionBreakGlass) {
		out = append(out, coding{actReason, "BTG", "break the glass"})
	}
	return out
}

// isQuery: the client is the source of a query and the destination of what is read.
func (k kind) isQuery() bool { return k.profile == "Query" }
