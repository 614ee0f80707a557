package epr

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Options say which EPR to start. Patchwork, Clinicians and Patients are needed; what
// else is left out has the value that its comment says.
type Options struct {
	// Name is the hospital's, shown on the page; "" is "Demo Hospital".
	Name string
	// Organisation is its ODS code.
	Organisation string
	// Port is where it listens on loopback, named localhost; 0 picks a free one.
	Port int
	// Patchwork is the public address of the shared record. Where that is 127.0.0.1, the
	// two are different sites for a browser, and its rules for third-party cookies apply.
	Patchwork string
	// ClientID names the EPR to the record; "" is "demo-epr".
	ClientID string
	// Apps may be opened by a launch that the record mints; none is the viewer alone.
	Apps []App
	// AppURL is where the record, as the EPR's own SMART app, is launched; "" is
	// {Patchwork}/launch.
	AppURL string
	// LaunchAlg signs the launches that are posted: ES384, which "" means, or RS384.
	LaunchAlg string
	// Clinicians may use the page. The first is signed in.
	Clinicians []Clinician
	// Patients are the list of the page. The first is on screen, and is the patient of a
	// standalone launch.
	Patients []Patient
	// Clients are the SMART apps that the EPR lets in.
	Clients []Client
	// PatientInDetails puts the patient into authorization_details of the token response
	// and nowhere else (SMART App Launch 2.2, "Authorization details for multiple
	// servers"), which EMIS-X does.
	PatientInDetails bool
	// SeparateIssuer makes the OpenID issuer another address than the FHIR base, which
	// Epic does.
	SeparateIssuer bool
	// IDTokenAlg signs id_tokens: RS256, which "" means, or ES384.
	IDTokenAlg string
	// Keys are the EPR's; nil makes new ones.
	Keys *Keys
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// App is an app registered at the shared record.
type App struct{ ID, Name string }

// Clinician is somebody who works with the EPR.
type Clinician struct {
	// ID is that of their Practitioner resource, and the sub of id_tokens.
	ID   string
	Name string
	// IDP, Subject and Email name them to the record in a mint: the id of a login there,
	// and the subject or the address that this login knows them by.
	IDP, Subject, Email string
	// GMC is their number at the General Medical Council; "" if they have none.
	GMC string
	// Claims are added to id_tokens.
	Claims map[string]any
}

// Patient is somebody in the EPR's list.
type Patient struct {
	// ID is the hospital's own number, and that of the Patient resource.
	ID string
	// NHSNumber has ten digits; "" if the hospital does not know it.
	NHSNumber                    string
	FamilyName, GivenName, Title string
	// BirthDate is yyyy-mm-dd.
	BirthDate string
	// Gender is male, female, other or unknown; "" is unknown.
	Gender string
	// Encounter is the id of the visit on screen; "" if there is none.
	Encounter string
	// Elsewhere says that the region does not know them: the page can move to them, to see
	// what the record does.
	Elsewhere bool
}

// Client is a SMART app's registration at the EPR.
type Client struct {
	ID           string
	RedirectURIs []string
	// JWKSURL or JWKS has the public keys of a client that authenticates by
	// private_key_jwt. With neither it is a public client.
	JWKSURL string
	JWKS    json.RawMessage
}

func (c Client) public() bool { return c.JWKSURL == "" && len(c.JWKS) == 0 }

const (
	es384 = "ES384"
	rs384 = "RS384"
	rs256 = "RS256"
)

// complete checks what is needed and fills in what is left out.
func (o Options) complete() (Options, error) {
	if o.Patchwork == "" || len(o.Clinicians) == 0 || len(o.Patients) == 0 {
		return o, errors.New("an EPR needs the address of the shared record, a clinician and a patient")
	}
	o.Patchwork = strings.TrimRight(o.Patchwork, "/")
	for _, d := range []struct {
		value *string
		is    string
	}{
		{&o.Name, "Demo Hospital"}, {&o.ClientID, "demo-epr"}, {&o.AppURL, o.Patchwork + "/launch"}, {&o.LaunchAlg, es384}, {&o.IDTokenAlg, rs256},
	} {
		if *d.value == "" {
			*d.value = d.is
		}
	}
	if len(o.Apps) == 0 {
		o.Apps = []App{{ID: "patchwork-viewer", Name: "The shared record"}}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.LaunchAlg != es384 && o.LaunchAlg != rs384 || o.IDTokenAlg != rs256 && o.IDTokenAlg != es384 {
		return o, fmt.Errorf("an EPR signs launches with ES384 or RS384 and id_tokens with RS256 or ES384, not with %s and %s", o.LaunchAlg, o.IDTokenAlg)
	}
	return o, nil
}

// clinician finds one by id; "" is who is signed in first. It is nil if there is none.
func (o *Options) clinician(id string) *Clinician {
	for i := range o.Clinicians {
		if id == "" || o.Clinicians[i].ID == id {
			return &o.Clinicians[i]
		}
	}
	return nil
}

// patient finds one by the hospital's number; "" is the first of the list. It is nil if
// there is none.
func (o *Options) patient(id string) *Patient {
	for i := range o.Patients {
		if id == "" || o.Patients[i].ID == id {
			return &o.Patients[i]
		}
	}
	return nil
}
