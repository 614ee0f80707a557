package demo

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/demo/pds"
)

// nationalID is the national register's id in the region.
const nationalID = "pds"

// What the demo application is registered with.
const (
	pdsClient = "patchwork-demo"
	pdsKeyID  = "demo-1"
	// pdsLimit is how many requests a second the register answers.
	pdsLimit = 500
)

func nationalRegister() organisation { return organisation{ods: "X26", name: "NHS England"} }

// nationalScenarios are people of whom only the register knows what matters.
func nationalScenarios() []scenario {
	return []scenario{
		{"traced", "Mr", "Ambrose", "", "Solitaryford", "male", "1973-06-15", 943_501_401, 0, func(*life) {}},
		{"restricted-nationally", "Ms", "Verity", "Ann", "Hushwood", "female", "1987-11-09", 943_501_501, inGP | inHospital | inSocialCare, supported},
	}
}

func supported(l *life) {
	minor(l)
	support(l)
}

// register writes everybody down as the national register has them. It knows the truth,
// as far as anybody does.
func (c *content) register(people []*person) {
	known := map[string]bool{}
	spare := &numbers{used: map[string]bool{}}
	for _, p := range c.patients {
		spare.used[p.NHSNumber] = true
	}
	for i, p := range people {
		known[p.truth.nhs] = true
		c.national = append(c.national, p.national(i, spare))
	}
	for i := range c.patients {
		p := &c.patients[i]
		if !known[p.NHSNumber] { // of a directory of bundles, which says no more of them
			c.national = append(c.national, pds.Person{Number: p.NHSNumber, Family: p.FamilyName, Given: p.GivenName, Born: p.BirthDate})
		}
		p.Systems = append(p.Systems, nationalID)
		p.LocalIDs[nationalID] = p.NHSNumber
	}
}

// national is the person in the register. Of those made up by chance, some have had
// another number, and some are restricted by nobody else.
func (p *person) national(index int, spare *numbers) pds.Person {
	t := p.truth
	out := pds.Person{Number: t.nhs, Title: t.title, Given: t.given, Middle: t.middle, Family: t.family, FormerFamily: t.formerFamily,
		Born: date(t.born), Gender: t.sex, Home: nationalAddress(t.address), Former: nationalAddress(t.formerAddress),
		Phone: t.home, Mobile: t.mobile, Email: t.email, Practice: t.practice.ods, Registered: date(t.born), Interpreter: t.interpreter}
	if out.Former.Postcode != "" {
		out.Former.Until = date(t.born.AddDate(20, 0, 0))
	}
	if code := map[string]string{"English": "en", "Panjabi": "pa", "Polish": "pl", "Cantonese": "zh", "Arabic": "ar"}[t.language]; code != "" {
		out.Language, out.LanguageName = code, t.language
	}
	if !t.died.IsZero() {
		out.Died, out.Notified = date(t.died), "2"
	}
	for _, s := range p.states {
		if s.oldNHS != "" {
			out.Replaced = []string{s.oldNHS}
		}
		if s.hidden {
			out.Restricted = "R"
		}
	}
	switch {
	case p.scenario == "restricted-nationally":
		out.Restricted = "R"
	case p.scenario != "":
	case index%40 == 25:
		out.Replaced = []string{spare.next(905_000_000 + index)}
	case index%50 == 31:
		out.Restricted = "R"
	case index%30 == 17:
		out.Format = "Braille"
	}
	return out
}

func nationalAddress(a address) pds.Address {
	if a.line1 == "" {
		return pds.Address{}
	}
	return pds.Address{Lines: append(slices.Clone(a.lines()), a.town), Postcode: a.postcode}
}

// startPDS starts the register. Only who signs with the system's Key is answered.
func (r *Region) startPDS(o Options, people []pds.Person, c *control, controls, elsewhere string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	server := pds.New(people, pds.Options{Client: pdsClient, KeyID: pdsKeyID, Key: &key.PublicKey, PerSecond: pdsLimit})
	front := &wire{gate: c.gate, count: pdsPath, unwell: server.Unwell, garble: garbleJSON, trap: elsewhere + "/" + nationalID + trapPath,
		serve: func(w http.ResponseWriter, req *http.Request, v visit) { server.Serve(w, req, v.fault.Name) }}
	address, err := r.startHTTP(front, c)
	if err != nil {
		return fmt.Errorf("%s: %w", nationalID, err)
	}
	org := nationalRegister()
	r.Systems = append(r.Systems, &System{ID: nationalID, Kind: "pds", Organisation: org.ods, Name: org.name, CareSetting: "national",
		URL: address + pds.Base, Control: controls + "/" + nationalID,
		Key: string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))})
	return nil
}

// pdsPath is the path a request is counted under: without the number.
func pdsPath(r *http.Request) string {
	path := strings.TrimPrefix(r.URL.Path, pds.Base)
	if strings.HasPrefix(path, "/Patient/") {
		return "/Patient"
	}
	return path
}

// refusedByPDS are the faults the register cannot have.
func refusedByPDS() map[string]string {
	const pages = "the register's answers have no pages and no links"
	return map[string]string{faultEndlessPaging: pages, faultNextLoop: pages, faultNextForeign: pages}
}
