package smartlogin

import (
	"context"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// Launched is what an EPR vouches for: who is at work there, and on whom they have the record
// open. Nothing of it comes from the browser.
type Launched struct {
	// Launcher is the stanza's id.
	Launcher string
	// Proof is the user's: Issuer is the EPR's OIDC issuer, so that the same subject of two
	// EPRs is two people. Claims are the ID token's, fhirUser among them, and
	// token_response, the token endpoint's answer without tokens.
	Proof auth.Proof
	// Identity is who that is here, by the stanza's `who`; its positions are at the stanza's
	// organisations only. Organisation is that of the first.
	Identity     auth.Identity
	Organisation record.Organisation
	// NHSNumber, BirthDate (to the day) and Family ("" if not stated) are the EPR's own record
	// of the patient.
	NHSNumber record.NHSNumber
	BirthDate record.Date
	Family    string
	// Encounter is the EPR's id, Intent its word; "" if it gave none. NoBanner: the EPR shows
	// the patient's banner itself.
	Encounter, Intent string
	NoBanner          bool
}

// Opener opens the record for an EPR's user. It admits the account, finds the patient in the
// region and holds the EPR's demographics against the region's; its refusal is a *Refusal
// (CodeMismatch, CodeNotFound …) or an *auth.Refusal, and any other error is this server's
// own trouble. Location is a page of the viewer, for this user and patient once.
type Opener interface {
	Open(ctx context.Context, l Launched) (location string, err error)
}
