package pds

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// params are the parameters of a search that this register knows.
var params = []string{"family", "given", "gender", "birthdate", "address-postalcode", "address-postcode", "general-practitioner",
	"_fuzzy-match", "_exact-match", "_history", "_max-results"}

// most is how many people a search gives at most.
const most = 50

// search answers a search, or says what is wrong with it.
func (s *Server) search(r *http.Request, who access, fault string) (object, *problem) {
	q, limit, bad := s.question(r.URL.Query(), who)
	if bad != nil {
		return nil, bad
	}
	type match struct {
		person *Person
		score  float64
	}
	var found []match
	for _, p := range s.people {
		if score := q.score(p); score > 0 && (!q.exact || score == 1) && !p.Invalid {
			found = append(found, match{p, score})
		}
	}
	if len(found) > limit {
		return nil, &problem{http.StatusOK, "TOO_MANY_MATCHES", "Too Many Matches", ""}
	}
	slices.SortStableFunc(found, func(a, b match) int { return int(100 * (b.score - a.score)) })
	entries := list{}
	add := func(p *Person, score float64) {
		entries = append(entries, object{"fullUrl": "https://" + r.Host + Base + "/Patient/" + p.Number,
			"search": object{"score": score}, "resource": p.resource(true)})
	}
	for _, m := range found {
		switch fault {
		case "wrong-patient":
			add(s.other(m.person), m.score)
		case "mixed-patients":
			add(m.person, m.score)
			add(s.other(m.person), m.score)
		case "duplicates":
			add(m.person, m.score)
			add(m.person, m.score)
		default:
			add(m.person, m.score)
		}
	}
	return object{"resourceType": "Bundle", "type": "searchset", "timestamp": s.Now().UTC().Format(time.RFC3339),
		"total": len(entries), "entry": entries}, nil
}

// question is a search as it was asked.
type question struct {
	family, given, gender, postcode, practice string
	from, to                                  string // of the birth date
	fuzzy, exact, history                     bool
}

func (s *Server) question(form url.Values, who access) (q question, limit int, bad *problem) {
	limit = most
	if who.application {
		limit = 1
	}
	for name := range form {
		if !slices.Contains(params, name) {
			return q, 0, &problem{400, "ADDITIONAL_PROPERTIES", "Additional properties", "Invalid request with error - Additional properties are not allowed"}
		}
	}
	if text := form.Get("_max-results"); text != "" {
		n, err := strconv.Atoi(text)
		switch {
		case err != nil || n < 1 || n > most:
			return q, 0, &problem{400, "INVALID_VALUE", "Provided value is invalid", "Invalid value in field '_max-results'"}
		case who.application && n != 1:
			return q, 0, &problem{403, "INVALID_VALUE", "Provided value is invalid", "Your app has insufficient permissions to use this search. Please contact support."}
		}
		limit = n
	}
	yes := func(name string) bool { return form.Get(name) == "true" }
	q = question{family: form.Get("family"), given: form.Get("given"), gender: form.Get("gender"), practice: form.Get("general-practitioner"),
		postcode: postcode(form.Get("address-postalcode") + form.Get("address-postcode")),
		fuzzy:    yes("_fuzzy-match"), exact: yes("_exact-match"), history: yes("_history") || yes("_fuzzy-match")}
	for _, text := range form["birthdate"] {
		if len(text) == len(time.DateOnly) {
			text = "eq" + text
		}
		day, err := time.Parse(time.DateOnly, text[min(2, len(text)):])
		if err != nil {
			return q, 0, &problem{400, "INVALID_VALUE", "Provided value is invalid", "Invalid value in field 'birthdate'"}
		}
		switch text[:2] {
		case "eq":
			q.from, q.to = day.Format(time.DateOnly), day.Format(time.DateOnly)
		case "ge":
			q.from = day.Format(time.DateOnly)
		case "le":
			q.to = day.Format(time.DateOnly)
		}
	}
	if !q.enough() {
		return q, 0, &problem{400, "INVALID_SEARCH_DATA", "Search data is invalid", "Invalid search data provided - 'Not enough search parameters were provided to be able to make a search'"}
	}
	return q, limit, nil
}

// enough reports whether a combination of parameters may be searched by.
func (q *question) enough() bool {
	dated := q.from != "" || q.to != ""
	if !q.fuzzy {
		return dated && q.family != ""
	}
	return dated && (q.given != "" && q.family != "" || q.gender != "" && q.postcode != "" && (q.family != "" || q.given != ""))
}

// score is how well somebody matches: 0 not at all, 1 in everything.
func (q *question) score(p *Person) float64 {
	if q.from != "" && p.Born < q.from || q.to != "" && p.Born > q.to || q.gender != "" && q.gender != p.Gender {
		return 0
	}
	score := 1.0
	if q.postcode != "" || q.practice != "" {
		if p.Restricted != "" { // nobody is to be located by asking
			return 0
		}
		switch {
		case q.practice != "" && q.practice != p.Practice:
			return 0
		case q.postcode == "" || like(q.postcode, postcode(p.Home.Postcode)) || like(q.postcode, postcode(p.Temporary.Postcode)):
		case q.history && like(q.postcode, postcode(p.Former.Postcode)):
			score *= 0.9
		default:
			return 0
		}
	}
	return score * q.named(p)
}

// named is how well the names match.
func (q *question) named(p *Person) float64 {
	given := q.given == "" || like(q.given, p.Given)
	switch {
	case given && like(q.family, p.Family):
		return 1
	case given && q.history && p.FormerFamily != "" && like(q.family, p.FormerFamily):
		return 0.9
	case !q.fuzzy:
		return 0
	case sounds(q.family) == sounds(p.Family) && (q.given == "" || sounds(q.given) == sounds(p.Given)):
		return 0.8
	case like(q.family, p.Given) && like(q.given, p.Family): // transposed
		return 0.7
	}
	return 0
}

// like compares as the register does: whatever the case, with wildcards after two letters.
func like(pattern, text string) bool {
	pattern, text = strings.ToLower(pattern), strings.ToLower(text)
	head, tail, wild := strings.Cut(pattern, "*")
	if !wild || len(head) < 2 {
		return pattern == text
	}
	return strings.HasPrefix(text, head) && strings.Contains(text[len(head):], strings.ReplaceAll(tail, "*", ""))
}

// sounds is the Soundex code of a name.
func sounds(name string) string {
	const groups = "01230120022455012623010202" // of a to z
	var code []byte
	var last byte
	for _, r := range strings.ToLower(name) {
		if r < 'a' || r > 'z' {
			continue
		}
		g := groups[r-'a']
		if len(code) == 0 {
			code = append(code, byte(r))
		} else if g != '0' && g != last {
			code = append(code, g)
		}
		if r != 'h' && r != 'w' {
			last = g
		}
		if len(code) == 4 {
			break
		}
	}
	return string(code)
}
