package epr

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
)

var errNobody = errors.New("there is no such clinician or patient")

// choice is what is chosen on the page when a button is pressed.
type choice struct {
	Clinician string `json:"clinician"`
	Patient   string `json:"patient"`
	App       string `json:"app"`
	// Banner says that the page shows around the record who the patient is.
	Banner bool `json:"banner"`
	// Topics are those of the records that the page has open.
	Topics []string `json:"topics"`
}

// opening is what the page is to do: open an address, or post a form to it.
type opening struct {
	Method string            `json:"method"`
	URL    string            `json:"url"`
	Fields map[string]string `json:"fields,omitempty"`
}

// done is how a way went: its steps, and what the page is to open, if anything.
type done struct {
	Steps []Step   `json:"steps"`
	Open  *opening `json:"open,omitempty"`
	// Topic is FHIRcast's, of what is opened; "" if there is none.
	Topic string `json:"topic,omitempty"`
}

// way reads what is chosen and answers with what was done about it.
func (e *EPR) way(do func(*http.Request, choice) done) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var c choice
		if err := json.NewDecoder(io.LimitReader(r.Body, 1<<12)).Decode(&c); err != nil || e.o.clinician(c.Clinician) == nil || e.o.patient(c.Patient) == nil {
			sendJSON(w, http.StatusBadRequest, done{Steps: []Step{{Name: "EPR", Status: http.StatusBadRequest, Description: errNobody.Error()}}})
			return
		}
		sendJSON(w, http.StatusOK, do(r, c))
	}
}

func (e *EPR) request(c choice) Request {
	r := e.Request(c.Clinician, c.Patient)
	if slices.ContainsFunc(e.o.Apps, func(a App) bool { return a.ID == c.App }) {
		r.ClientID = c.App
	}
	if c.Banner {
		need := false
		r.NeedPatientBanner = &need
	}
	return r
}

// failed are the steps of a way that went wrong.
func failed(err error) done {
	var s Step
	if !errors.As(err, &s) {
		s = Step{Name: "EPR", Description: err.Error()}
	}
	return done{Steps: []Step{s}}
}

func (e *EPR) byMint(r *http.Request, c choice) done {
	launch, err := e.Mint(r.Context(), e.request(c))
	if err != nil {
		return failed(err)
	}
	return done{Steps: []Step{{Name: "token", Status: http.StatusOK}, {Name: "mint", Status: http.StatusCreated}}, Open: &opening{Method: "GET", URL: launch.LaunchURL}, Topic: launch.HubTopic}
}

func (e *EPR) bySignature(_ *http.Request, c choice) done {
	token, err := e.LaunchJWT(e.request(c), nil)
	if err != nil {
		return failed(err)
	}
	return done{Steps: []Step{{Name: "signed launch: posted, and the frame shows the answer"}}, Open: &opening{Method: "POST", URL: e.openURL(), Fields: map[string]string{"launch_jwt": token}}}
}

// checkSignature posts a signed launch from the back end: what a frame is told cannot be
// read from outside it.
func (e *EPR) checkSignature(r *http.Request, c choice) done {
	token, err := e.LaunchJWT(e.request(c), nil)
	if err != nil {
		return failed(err)
	}
	opened, err := e.OpenSigned(r.Context(), token)
	if err != nil {
		return failed(err)
	}
	return done{Steps: []Step{{Name: "signed launch", Status: opened.Status, Description: leads(opened.Location)}}}
}

// leads says where a redirect leads, without what is secret in it.
func leads(location string) string {
	at, err := url.Parse(location)
	if location == "" || err != nil {
		return "leads nowhere"
	}
	return "leads to " + at.Scheme + "://" + at.Host + at.Path
}

func (e *EPR) byNumber(_ *http.Request, c choice) done {
	fields := map[string]string{}
	for name, values := range legacyFields(*e.o.patient(c.Patient)) {
		fields[name] = values[0]
	}
	return done{Steps: []Step{{Name: "legacy launch: posted, and the frame shows the answer"}}, Open: &opening{Method: "POST", URL: e.legacyURL(), Fields: fields}}
}

func (e *EPR) bySMART(_ *http.Request, c choice) done {
	address, err := e.SMARTLaunch("", c.Clinician, c.Patient)
	if err != nil {
		return failed(err)
	}
	return done{Steps: []Step{{Name: "launch as SMART app: what the app asks follows"}}, Open: &opening{Method: "GET", URL: address}}
}
