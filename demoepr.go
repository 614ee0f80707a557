package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/auth/scope"
	"github.com/patchworkcare/patchwork/auth/signin"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/demo/epr"
	"github.com/patchworkcare/patchwork/demo/smartapp"
	"github.com/patchworkcare/patchwork/smart"
)

// demoEPR is the hospital's EPR and somebody else's SMART app, which open the record.
type demoEPR struct {
	epr *epr.EPR
	app *smartapp.App // nil if npm has not installed it
	// notes say what is not offered, and why.
	notes    []string
	hospital *demo.System
}

const (
	demoEPRID   = "demo-epr"
	demoChartID = "demo-chart"
)

// startEPR starts them before the server opens, which has to know them.
func startEPR(ctx context.Context, region *demo.Region, url, smartAppDir string) (*demoEPR, error) {
	hospital := region.System("hospital")
	d := &demoEPR{hospital: hospital}
	if hospital == nil {
		return d, nil
	}
	var err error
	d.epr, err = epr.Start(ctx, epr.Options{
		Name: hospital.Name, Organisation: hospital.Organisation, Patchwork: url, ClientID: demoEPRID,
		Apps: []epr.App{{ID: viewerID, Name: "Shared record"}, {ID: demoChartID, Name: "Charts over time"}},
		Patients: append(epr.FromRegion(region.Patients, "hospital", 12), epr.Patient{
			ID: "H9000007", NHSNumber: "9990009007", FamilyName: "Elsewhere", GivenName: "Nora", BirthDate: "1948-03-12", Elsewhere: true,
		}),
		Clinicians: []epr.Clinician{
			{ID: "leila.haddad", Name: "Dr Leila Haddad", IDP: "local", Subject: local.Subject("hospital-doctor")},
			{ID: "grace.mensah", Name: "Grace Mensah", IDP: "local", Subject: local.Subject("hospital-nurse")},
		},
		Clients: []epr.Client{{ID: "patchwork", RedirectURIs: []string{url + "/auth/epr/hospital-epr/return"}}},
	})
	if err != nil {
		return nil, err
	}
	if smartAppDir == "" {
		return d, nil
	}
	names := map[string]string{}
	for _, s := range region.Systems {
		names[s.ID] = s.Name
	}
	d.app, err = smartapp.Start(ctx, smartapp.Options{Dir: smartAppDir, ClientID: demoChartID, FHIRBase: url + "/fhir", Sources: names, FramedBy: []string{d.epr.URL}})
	if errors.Is(err, smartapp.ErrAbsent) {
		d.notes = append(d.notes, fmt.Sprintf("the SMART app is not offered: %v", err))
		return d, nil
	}
	return d, err
}

// stop ends both.
func (d *demoEPR) stop(ctx context.Context) error {
	var errs []error
	if d.app != nil {
		errs = append(errs, d.app.Close(ctx))
	}
	if d.epr != nil {
		errs = append(errs, d.epr.Close(ctx))
	}
	return errors.Join(errs...)
}

// describe writes them into the ready file.
func (d *demoEPR) describe(r *Ready, faultFree bool) {
	if d.epr != nil {
		r.EPR, r.EPRControl = d.epr.URL, d.epr.Control
		if faultFree {
			r.EPRControl = ""
		}
	}
	if d.app != nil {
		r.SMARTApp = d.app.URL
	}
}

// stanza is how the server knows the EPR as a SMART server: a part of patchwork.yaml.
func (d *demoEPR) stanza() string {
	if d.epr == nil {
		return ""
	}
	return fmt.Sprintf(`launchers:
  - id: hospital-epr
    type: smart
    name: %q
    organisations: [{ods: %s, name: %q, care_setting: %s}]
    frames: [%q]
    connect: {iss: %q, client_id: patchwork, public: true, private: true}
    who:
      name: claims.name
      roles: [{role: hospital-doctor}]
`, d.hospital.Name+" EPR", d.hospital.Organisation, d.hospital.Name, d.hospital.CareSetting, d.epr.URL, d.epr.FHIR)
}

// byDemo has proposed and approved them.
const byDemo = "the demo"

// register makes the two known to the authorization server, as an administrator would. The
// EPR answers for its users; of the app, which is somebody else's, they are asked.
func (d *demoEPR) register(ctx context.Context, s *server) error {
	if d.epr == nil {
		return nil
	}
	apps := []string{viewerID}
	if d.app != nil {
		apps = append(apps, demoChartID)
		if err := s.clients.Keep(ctx, smart.Client{
			ID: demoChartID, Name: "Charts over time", Method: smart.Public, RedirectURIs: []string{d.app.RedirectURI}, LaunchURL: d.app.LaunchURL,
			Scopes: []string{"openid", "fhirUser", "launch", "launch/patient", "online_access", "patient/Patient.rs", "patient/Observation.rs"},
		}, byDemo); err != nil {
			return err
		}
	}
	return s.clients.Keep(ctx, smart.Client{
		ID: demoEPRID, Name: d.hospital.Name + " EPR", Method: smart.Key, JWKS: string(d.epr.ClientJWKS()), Scopes: []string{scope.OpenLaunch, scope.CastRead, scope.CastWrite},
		Launching: &smart.Launching{
			Apps: apps, Organisations: []string{d.hospital.Organisation}, Logins: []string{signin.Local, "infirmary"}, Trust: true, Prefill: true, Origins: []string{d.epr.URL},
		},
	}, byDemo)
}
