package demo

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/patchworkcare/patchwork/demo/hl7feed"
)

// feedID is the hospital's messages' id in the region.
const feedID = "hospital-feed"

// fed is somebody whom the hospital's integration engine has sent messages about.
type fed struct {
	who      hl7feed.Person
	messages func(e *hl7feed.Engine, p *hl7feed.Person, today time.Time) []string
}

// feed writes down of whom the hospital sends messages: the scenario people it knows, and
// every second of the others.
func (c *content) feed(people []*person) {
	for i, p := range people {
		s := p.states[inHospital]
		if s == nil || p.scenario == "" && i%2 != 0 {
			continue
		}
		c.fed = append(c.fed, fed{p.sent(s), p.messages})
		c.patients[i].Systems = append(c.patients[i].Systems, feedID)
		c.patients[i].LocalIDs[feedID] = s.localID
	}
}

// sent is a person as the hospital's messages state them.
func (p *person) sent(s *statement) hl7feed.Person {
	out := hl7feed.Person{Number: s.localID, NHSNumber: s.nhs, Title: s.title, Given: s.given, Middle: s.middle, Family: s.family, Born: s.born, Sex: s.sex,
		Town: s.address.town, Postcode: s.address.postcode, Home: s.home, Mobile: s.mobile, PracticeODS: s.practice.ods, PracticeName: s.practice.name, Died: s.died}
	if l := s.address.lines(); l[0] != "" {
		out.Line1 = l[0]
		if len(l) > 1 {
			out.Line2 = l[1]
		}
	}
	for _, k := range p.kin {
		if k.nextOfKin && out.KinName == "" {
			out.KinName, out.KinRelation, out.KinCall = k.family+"^"+k.given, k.relation+"^"+k.relationText, k.phone
		}
	}
	return out
}

// messages are what was sent of a person's history, in its order.
func (p *person) messages(e *hl7feed.Engine, who *hl7feed.Person, today time.Time) []string {
	all := []string{e.Register(who, today.AddDate(-1, 0, 0))}
	h := &p.history
	for i := range h.stays {
		if s := &h.stays[i]; s.in&inHospital != 0 && !s.mistaken {
			stay := p.stay(s, i)
			all = append(all, e.Admit(who, stay))
			if !s.until.IsZero() {
				all = append(all, e.Discharge(who, stay))
				all = append(all, e.Letter(who, "D"+stay.Visit, "DS", p.clinician(s.by), "Discharge summary\nReason: "+s.reason+"\nWard: "+s.ward, s.until))
			}
		}
	}
	for i := range h.reports {
		if r := &h.reports[i]; r.in&inHospital != 0 && !r.mistaken && r.label == "" {
			all = append(all, e.Results(who, p.reported(r, i)))
		}
	}
	for i := range h.appointments {
		if a := &h.appointments[i]; a.in&inHospital != 0 && !a.mistaken {
			all = append(all, e.Book(who, &hl7feed.Booking{ID: fmt.Sprintf("A%s-%d", who.Number, i), Clinic: a.clinic, Location: a.location, Reason: a.reason,
				With: p.clinician(a.by), At: a.at, Made: a.made, Minutes: a.minutes, Cancelled: a.status == "cancelled"}))
		}
	}
	return all
}

func (p *person) clinician(specialty string) string { return "Consultant, " + specialty }

func (p *person) stay(s *stay, i int) *hl7feed.Stay {
	out := &hl7feed.Stay{Visit: fmt.Sprintf("V%s-%d", p.states[inHospital].localID, i), Ward: s.ward, Consultant: p.clinician(s.by), Reason: s.reason, From: s.at, Until: s.until}
	for _, a := range p.history.allergies {
		switch {
		case a.in&inHospital == 0 || a.mistaken || a.resolved || a.label != "":
		case a.none:
			out.NoKnownAllergy = true
		default:
			out.Allergies = append(out.Allergies, hl7feed.Coded{Code: a.code.code, Text: a.code.display, System: "SCT"})
		}
	}
	out.NoKnownAllergy = out.NoKnownAllergy && len(out.Allergies) == 0
	return out
}

func (p *person) reported(r *report, i int) *hl7feed.Report {
	out := &hl7feed.Report{Order: fmt.Sprintf("R%s-%d", p.states[inHospital].localID, i), Panel: feedCode(r.code), At: r.at, Section: r.category, Conclusion: r.conclusion}
	for _, x := range r.results {
		one := hl7feed.Result{Test: feedCode(x.code), Unit: x.unit, Flag: x.flag()}
		if one.Text = x.text != ""; one.Text {
			one.Value = x.text
		} else {
			one.Value = x.sign + strconv.FormatFloat(x.value, 'f', -1, 64)
		}
		if x.low != 0 || x.high != 0 {
			one.Low, one.High = strconv.FormatFloat(x.low, 'f', -1, 64), strconv.FormatFloat(x.high, 'f', -1, 64)
		}
		out.Results = append(out.Results, one)
	}
	return out
}

func feedCode(c concept) hl7feed.Coded {
	return hl7feed.Coded{Code: c.code, Text: c.display, System: map[string]string{snomed: "SCT", loinc: "LN"}[c.system]}
}

// startFeed sends the hospital's messages, as soon as somebody listens at the system's
// URL. The port is kept free for them until then.
func (r *Region) startFeed(o Options, people []fed, c *control, controls string) error {
	address, release, err := freePort()
	if err != nil {
		return fmt.Errorf("%s: %w", feedID, err)
	}
	dir := o.Dir
	remove := func() error { return nil }
	if dir == "" {
		if dir, err = os.MkdirTemp("", "patchwork-feed-"); err != nil {
			return err
		}
		temporary := dir
		remove = func() error { return os.RemoveAll(temporary) }
	}
	sender := hl7feed.NewSender(address)
	r.sender = sender
	r.closers = append(r.closers, func(context.Context) error { sender.Close(); release(); return remove() })
	c.shut, c.open = func() error { return nil }, func() error { return nil }
	org := acuteTrust()
	today := london(o.Now())
	engine := &hl7feed.Engine{Facility: org.ods, Zone: today.Location(), Run: fmt.Sprintf("%x", time.Now().UnixMilli())}
	for i := range people {
		sender.Send(people[i].messages(engine, &people[i].who, today)...)
	}
	r.Systems = append(r.Systems, &System{ID: feedID, Kind: "hl7v2", Organisation: org.ods, Name: org.name, CareSetting: "acute", URL: "mllp://" + address,
		Control: controls + "/" + feedID, Dir: dir})
	return nil
}

// freePort finds a port of loopback and keeps others from being given it.
func freePort() (address string, release func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	address = l.Addr().String()
	if err := l.Close(); err != nil {
		return "", nil, err
	}
	release, err = holdPort(address)
	return address, release, err
}

// Fed waits until everything that the hospital's engine had to send is acknowledged; it
// returns at once in a region without it.
func (r *Region) Fed(ctx context.Context) error {
	if r.sender == nil {
		return nil
	}
	if err := r.sender.Sent(ctx); err != nil {
		return fmt.Errorf("demo: %s: %w", feedID, err)
	}
	if _, refused, _ := r.sender.Counts(); refused > 0 {
		return fmt.Errorf("demo: %s: %d messages were refused", feedID, refused)
	}
	return nil
}

// refusedByFeed: the engine sends, and nobody asks it anything.
func refusedByFeed() map[string]string {
	all := map[string]string{}
	for _, name := range FaultNames() {
		all[name] = "it sends messages and answers nothing, so that no request can meet a fault"
	}
	return all
}
