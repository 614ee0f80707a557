package demo

import (
	"strings"
	"time"
)

// present puts some people where they are at this moment: in a bed, or in a clinic
// today. Its dice are its own, so that what their lives were before stays as it is.
func (l *life) present() {
	if !l.p.truth.died.IsZero() {
		return
	}
	if l.p.in&inHospital != 0 {
		l.presentInHospital()
	}
	if l.p.in&inMentalHealth != 0 {
		l.presentInMind()
	}
}

func (l *life) presentInHospital() {
	age := l.age()
	if age >= 16 && l.chance(0.16) && !l.inBed(inHospital) {
		bed := pick(l.dice, []struct{ by, ward, reason string }{
			{"elderly", "Ward 3 (Care of the elderly)", "Fall at home"}, {"orthopaedics", "Ward 5 (Elective orthopaedics)", "Total hip replacement"},
			{"orthopaedics", "Ward 7 (Trauma)", "Fracture of wrist"}, {"surgery", "Ward 9 (Surgery)", "Acute cholecystitis"},
			{"respiratory", "Ward 12 (Respiratory)", "Shortness of breath"}})
		at := l.days(1, 6)
		l.admit(inHospital, bed.by, bed.ward, bed.reason, at, 0)
		l.bedside(at, l.around(0.8, 0.3))
	}
	if age >= 16 && l.chance(0.16) {
		clinic := pick(l.dice, []struct{ by, clinic, place string }{
			{"diabetes", "Diabetes clinic", "Outpatients 2, Royal Westmarch Infirmary"}, {"cardiology", "Cardiology clinic", "Heart Centre, Royal Westmarch Infirmary"},
			{"elderly", "Falls clinic", "Outpatients 4, Royal Westmarch Infirmary"}, {"surgery", "Dermatology clinic", "Outpatients 1, Royal Westmarch Infirmary"},
			{"surgery", "Ophthalmology clinic", "Outpatients 1, Royal Westmarch Infirmary"}, {"orthopaedics", "Fracture clinic", "Outpatients 1, Royal Westmarch Infirmary"}})
		a := l.appointment(inHospital, clinic.by, clinic.clinic, clinic.place, l.at(l.today))
		if l.chance(0.2) { // who is not coming is not on today's list
			a.status = "cancelled"
		}
	}
}

func (l *life) presentInMind() {
	if l.age() >= 18 && l.chance(0.15) && !l.inBed(inMentalHealth) {
		ward := "LARK"
		if l.age() >= 65 {
			ward = "ELM"
		}
		l.admit(inMentalHealth, "psychiatry", ward, "Assessment", l.days(2, 25), 0)
	}
	if l.chance(0.2) {
		l.appointment(inMentalHealth, "cpn", "Community clinic", "Larkfield House, Thornby", l.at(l.today))
	}
}

// inBed reports whether the person is in hospital there already.
func (l *life) inBed(in holder) bool {
	for _, s := range l.h.stays {
		if s.in&in != 0 && s.until.IsZero() {
			return true
		}
	}
	return false
}

// clinics are the clinics of a hospital by id.
func clinics(system holder) map[string]string {
	if system != inHospital {
		return nil
	}
	all := map[string]string{}
	for _, name := range []string{"Antenatal clinic", "Cardiology clinic", "Dermatology clinic", "Diabetes clinic", "Ear, nose and throat clinic",
		"Falls clinic", "Fracture clinic", "Gastroenterology clinic", "Ophthalmology clinic", "Physiotherapy clinic", "Renal clinic"} {
		all["clinic-"+plain(strings.TrimSuffix(name, " clinic"))] = name
	}
	return all
}

// clinicOf is the reference to a clinic by its name; nil if it has no entry.
func (w *fhirWriter) clinicOf(name string) object {
	for id, known := range clinics(w.system) {
		if known == name {
			return object{"reference": "HealthcareService/" + id, "display": name}
		}
	}
	return nil
}

// sameDay reports whether both are on one day of London's clocks.
func sameDay(a, b time.Time) bool { return date(london(a)) == date(london(b)) }
