package demo

import (
	"fmt"
	"time"
)

// holder is a set of systems.
type holder uint8

const (
	inGP holder = 1 << iota
	inHospital
	inMentalHealth
	inSocialCare

	everywhere = inGP | inHospital | inMentalHealth | inSocialCare
)

// holders are the systems one by one, in the order of the region.
func holders() []holder { return []holder{inGP, inHospital, inMentalHealth, inSocialCare} }

// id is the name of the one system in the set.
func (h holder) id() string {
	return map[holder]string{inGP: "gp", inHospital: "hospital", inMentalHealth: "mental-health", inSocialCare: "social-care"}[h]
}

// statement is a person as one system states them. Systems agree mostly.
type statement struct {
	localID        string
	nhs, status    string // verification status: 01 verified, 02 traced not found, 03 trace required
	oldNHS         string // former number, where the system knows it
	title, given   string
	middle, family string
	formerFamily   string
	born           time.Time
	sex            string // male, female, unknown
	ethnic         string
	address        address
	formerAddress  address
	home, mobile   string
	email          string
	practice       organisation
	died           time.Time
	language       string
	interpreter    bool
	sharing        string // consent to information sharing: permit, deny or ""
	hidden         bool   // under a national restriction (S-flag): must not be located
}

// person is one inhabitant: how each system states them, and their history.
type person struct {
	scenario string
	in       holder
	truth    statement
	states   map[holder]*statement
	kin      []relative
	history  history
	steady   bool // scenario people do not have their details altered at random
}

// relative is a personal contact.
type relative struct {
	name, family, given string
	relation            string // v3 RoleCode
	relationText        string
	phone               string
	address             string
	nextOfKin, carer    bool
	attorney            bool
}

// age is in whole years on a day.
func (s *statement) age(on time.Time) int {
	years := on.Year() - s.born.Year()
	if on.YearDay() < s.born.YearDay() {
		years--
	}
	return years
}

// describe gives the person an identity in each system they are in.
func (p *person) describe(d *dice, index int) {
	p.states = map[holder]*statement{}
	for _, system := range holders() {
		if p.in&system == 0 {
			continue
		}
		s := p.truth
		s.localID = inhabitantID(system, index)
		if !p.steady {
			s.vary(d, system)
		}
		p.states[system] = &s
	}
}

// localID is the number a system has given the index-th adapted person; each
// system counts in its own way.
func localID(system holder, index int) string {
	switch system {
	case inGP:
		return uuid("gp-patient", fmt.Sprint(index))
	case inHospital:
		return fmt.Sprintf("H%07d", 1204113+index*37)
	case inMentalHealth:
		return fmt.Sprintf("MH%06d", 4001+index*7)
	}
	return fmt.Sprintf("SC-%d", 10023+index*3)
}

// inhabitantID is a localID that no adapted person (bundles.go) has: it falls
// between the numbers of two of them.
func inhabitantID(system holder, index int) string {
	switch system {
	case inGP:
		return uuid("gp-inhabitant", fmt.Sprint(index))
	case inHospital:
		return fmt.Sprintf("H%07d", 1204118+index*37)
	case inMentalHealth:
		return fmt.Sprintf("MH%06d", 4004+index*7)
	}
	return fmt.Sprintf("SC-%d", 10024+index*3)
}

// vary makes a system's statement differ as real ones do.
func (s *statement) vary(d *dice, system holder) {
	if system != inGP {
		if d.chance(0.25) {
			s.middle = ""
		}
		if d.chance(0.12) {
			s.given = nickname(s.given)
		}
		if d.chance(0.05) {
			s.family = misspell(d, s.family)
		}
		if d.chance(0.12) {
			s.address = d.address()
		}
		if d.chance(0.3) {
			s.mobile = fmt.Sprintf("07700 900%03d", d.n(1000))
		}
		if d.chance(0.2) {
			s.email = ""
		}
	}
	if system == inSocialCare && d.chance(0.15) {
		s.nhs, s.status = "", ""
	}
	if system == inMentalHealth && d.chance(0.08) {
		s.status = "03"
	}
	if d.chance(0.1) {
		s.title = ""
	}
}

func nickname(given string) string {
	short := map[string]string{"Margaret": "Maggie", "Patricia": "Pat", "Robert": "Bob", "William": "Bill", "Stephen": "Steve",
		"Michael": "Mike", "Christine": "Chris", "Kenneth": "Ken", "Thomas": "Tom", "Edward": "Ted", "Susan": "Sue",
		"Mohammed": "Mohamed", "Katarzyna": "Kasia", "Dorothy": "Dot", "Charlotte": "Lottie", "Samuel": "Sam"}[given]
	if short == "" {
		return given
	}
	return short
}

// misspell swaps or drops a letter inside a name.
func misspell(d *dice, name string) string {
	letters := []rune(name)
	if len(letters) < 5 {
		return name
	}
	at := d.between(2, len(letters)-3)
	if d.chance(0.5) {
		letters[at], letters[at+1] = letters[at+1], letters[at]
		return string(letters)
	}
	return string(letters[:at]) + string(letters[at+1:])
}
