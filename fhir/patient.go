package fhir

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth/scope"
)

// NumberSystem is the identifier system of NHS numbers.
const NumberSystem = "https://fhir.nhs.uk/Id/nhs-number"

const personFields = `
	id nhsNumber
	person {
		...Statement name { ...Named } otherNames { ...Named } birthDate deceased deceasedDate gender addresses { ...Where }
		telecoms { ...Reach } language { ...Coded } maritalStatus { ...Coded } nhsNumber nhsNumberStatus
	}
	practice { entries { organisation { ods name } gp } }
	demographics { ...Completeness }`

// The operations that read people. They are shown as themselves in the audit.
var (
	readPatientQuery   = withFragments("query FHIRPatient($id: ID!, $wait: Int) { patient(id: $id, wait: $wait) {" + personFields + "} }")
	byNumberQuery      = withFragments("query FHIRPatientByNumber($number: NHSNumber!, $wait: Int) { patientByNHSNumber(nhsNumber: $number, wait: $wait) {" + personFields + "} }")
	byNumbersQuery     = withFragments("query FHIRPatients($numbers: [NHSNumber!]!, $wait: Int) { patientsByNHSNumber(nhsNumbers: $numbers, wait: $wait) { problem patient {" + personFields + "} } }")
	searchPatientQuery = "query FHIRPatientSearch($family: String!, $born: Date!, $given: String, $wait: Int) { searchPatients(familyName: $family, birthDate: $born, givenName: $given, wait: $wait) { more hits { id match nhsNumber } outcomes { source { name } status reason } } }"
)

func withFragments(query string) string { return query + used(query) }

func (s *Server) readPatient(w http.ResponseWriter, r *http.Request, k *kind, id string) {
	if !goodID(id) {
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such resource that you may read")
		return
	}
	data, err := s.run(w, r, "FHIRPatient", readPatientQuery, map[string]any{"id": id, "wait": readWait})
	if err != nil {
		return
	}
	if p := data.one("patient"); p != nil {
		s.oneOf(w, r, shown(r.Context(), k, scope.Read, found{resources: []object{k.patient(p)}}), id)
		return
	}
	s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such resource that you may read")
}

// searchPatient finds people by id, by NHS number, or by family name with date of birth.
func (s *Server) searchPatient(w http.ResponseWriter, r *http.Request, k *kind, form url.Values) {
	q := query{count: defaultCount, form: url.Values{}}
	for name, values := range form {
		switch name {
		case "_id", "identifier", "family", "given", "birthdate", "name":
			continue
		}
		switch handled, problem := q.paging(name, values); {
		case problem != "":
			s.refuse(w, r, http.StatusBadRequest, "invalid", problem)
			return
		case !handled:
			q.ignore(name)
		}
	}
	var f found
	var err error
	switch {
	case form.Get("_id") != "":
		f, err = s.people(w, r, k, "FHIRPatient", readPatientQuery, map[string]any{"id": strings.TrimPrefix(form.Get("_id"), "Patient/")}, "patient")
	case form.Get("identifier") != "":
		system, number, both := strings.Cut(form.Get("identifier"), "|")
		if !both {
			system, number = NumberSystem, system
		}
		if system != NumberSystem { // not searched, which is not the same as nobody
			s.refuse(w, r, http.StatusBadRequest, "not-supported", "`identifier` is searched by NHS number only: "+NumberSystem+"|…")
			return
		}
		f, err = s.people(w, r, k, "FHIRPatientByNumber", byNumberQuery, map[string]any{"number": number}, "patientByNHSNumber")
	case (form.Get("family") != "" || form.Get("name") != "") && form.Get("birthdate") != "":
		f, err = s.byName(w, r, k, form)
	default:
		s.refuse(w, r, http.StatusBadRequest, "invalid", "Search by `_id`, by `identifier` (an NHS number), or by `family` together with `birthdate`")
		return
	}
	if err != nil {
		return
	}
	f = shown(r.Context(), k, scope.Search, f)
	// The number and the name are in no link: addresses stand in logs.
	s.reply(w, r, http.StatusOK, s.page(r, k.name, q, f))
}

// people runs an operation about one person; nobody is an empty searchset, not a fault.
func (s *Server) people(w http.ResponseWriter, r *http.Request, k *kind, operation, query string, variables map[string]any, field string) (found, error) {
	variables["wait"] = readWait
	answer, err := s.Executor.Run(r.Context(), operation, query, variables)
	if err == nil && slices.ContainsFunc(answer.Problems, func(p Problem) bool { return p.Code == "PATIENT_NOT_FOUND" }) {
		return found{}, nil
	}
	data, err := s.decoded(w, r, operation, answer, err)
	if err != nil {
		return found{}, err
	}
	return k.patients([]node{data.one(field)}), nil
}

// byName searches every system, and then opens those that were found.
func (s *Server) byName(w http.ResponseWriter, r *http.Request, k *kind, form url.Values) (found, error) {
	family := form.Get("family")
	if family == "" {
		family = form.Get("name")
	}
	variables := map[string]any{"family": family, "born": strings.TrimPrefix(form.Get("birthdate"), "eq"), "wait": readWait}
	if given := form.Get("given"); given != "" {
		variables["given"] = given
	}
	data, err := s.run(w, r, "FHIRPatientSearch", searchPatientQuery, variables)
	if err != nil {
		return found{}, err
	}
	search := data.one("searchPatients")
	asked := missing(node{"title": "Search", "outcomes": search["outcomes"]})
	lost := func(code, text string) {
		asked = append(asked, object{"severity": "warning", "code": code, "diagnostics": "Search: " + text})
	}
	for _, o := range search.list("outcomes") {
		if o.text("status") == "NOT_OFFERED" { // people known only there are missing
			lost("not-supported", o.text("source.name")+" cannot be searched")
		}
	}
	if more, _ := search.flag("more"); more {
		lost("incomplete", "there are more people than are given")
	}
	var numbers, ids []string
	similar := false
	for _, h := range search.list("hits") {
		switch number, id := h.text("nhsNumber"), h.text("id"); {
		case h.text("match") != "EXACT":
			// A program takes whom it is given for whom it asked for (hazard H-01).
			similar = true
		case number != "":
			numbers = append(numbers, number)
		case id != "":
			ids = append(ids, id)
		default:
			lost("incomplete", "somebody who fits cannot be opened from here")
		}
	}
	if similar {
		lost("informational", "people who are similar were found, and are not given here")
	}
	return s.exactly(w, r, k, numbers, ids, asked)
}

// exactly opens the people whom a search found, by number or by their record.
func (s *Server) exactly(w http.ResponseWriter, r *http.Request, k *kind, numbers, ids []string, asked []object) (found, error) {
	var people []node
	add := func(p node) {
		if p != nil && !slices.ContainsFunc(people, func(old node) bool { return old.text("id") == p.text("id") }) {
			people = append(people, p)
		}
	}
	if len(numbers) > 0 {
		slices.Sort(numbers)
		data, err := s.run(w, r, "FHIRPatients", byNumbersQuery, map[string]any{"numbers": slices.Compact(numbers), "wait": readWait})
		if err != nil {
			return found{}, err
		}
		for _, l := range data.list("patientsByNHSNumber") {
			if l.text("problem") == "LOOKUP_INCOMPLETE" {
				asked = append(asked, object{"severity": "warning", "code": "timeout", "diagnostics": "Search: somebody who fits could not be looked up, because a system did not answer"})
			}
			add(l.one("patient"))
		}
	}
	for _, id := range ids {
		answer, err := s.Executor.Run(r.Context(), "FHIRPatient", readPatientQuery, map[string]any{"id": id, "wait": readWait})
		if err == nil && slices.ContainsFunc(answer.Problems, func(p Problem) bool { return p.Code == "PATIENT_NOT_FOUND" }) {
			continue // not theirs to open
		}
		data, err := s.decoded(w, r, "FHIRPatient", answer, err)
		if err != nil {
			return found{}, err
		}
		add(data.one("patient"))
	}
	f := k.patients(people)
	f.missing = append(f.missing, asked...)
	return f, nil
}

func (k *kind) patients(people []node) found {
	var f found
	for _, p := range people {
		if p != nil {
			o := k.patient(p)
			f.resources = append(f.resources, o)
			f.stated(o, statement{patient: p.text("id"), section: personSection, entry: p.one("person")})
			f.missing = append(f.missing, missing(p.one("demographics"))...)
		}
	}
	return f
}

// patient renders one person across the systems, by the demographics to show first.
func (k *kind) patient(p node) object {
	stated := p.one("person")
	o := object{}
	if number := p.text("nhsNumber"); number != "" {
		o["identifier"] = []object{{"system": NumberSystem, "value": number}}
	}
	names := append(each([]node{stated.one("name")}, humanName), each(stated.list("otherNames"), humanName)...)
	o.set("name", names).set("telecom", each(stated.list("telecoms"), telecom)).
		set("gender", known(stated.text("gender"), "male", "female", "other", "unknown")).
		set("birthDate", stated.text("birthDate")).set("address", each(stated.list("addresses"), address)).
		set("maritalStatus", concept(stated.one("maritalStatus"))).set("communication", each([]node{stated.one("language")}, language)).
		set("generalPractitioner", practices(p.one("practice").list("entries")))
	if day := stated.text("deceasedDate"); day != "" {
		o["deceasedDateTime"] = day
	} else if dead, ok := stated.flag("deceased"); ok {
		o["deceasedBoolean"] = dead
	}
	a := &about{patient: p.text("id")}
	k.common(a, stated, o)
	o["id"] = a.patient
	return o
}

// practices are those that the systems name, each once.
func practices(list []node) []object {
	var out []object
	seen := map[string]bool{}
	for _, n := range list {
		key := n.text("organisation.ods") + "|" + n.text("organisation.name")
		if o := organisation(n.one("organisation")); len(o) > 0 && !seen[key] {
			seen[key] = true
			out = append(out, o)
		}
	}
	return out
}

func language(n node) object {
	if c := concept(n); len(c) > 0 {
		return object{"language": c}
	}
	return nil
}
