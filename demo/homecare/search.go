package homecare

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// criteria are the body of a search.
type criteria struct {
	ClientIDs      []json.Number   `json:"clientIds"`
	NHSNumbers     []string        `json:"nhsNumbers"`
	ClientNumbers  []string        `json:"clientNumbers"`
	BornOn         json.RawMessage `json:"bornOn"` // a day or a list of them
	LastName       string          `json:"lastName"`
	FirstName      string          `json:"firstName"`
	Cursor         string          `json:"cursor"`
	Limit          int             `json:"limit"`
	Page, PageSize int
}

func (q question) search(w http.ResponseWriter, path string) {
	var c criteria
	dec := json.NewDecoder(http.MaxBytesReader(w, q.r.Body, 1<<20))
	if dec.Decode(&c) != nil {
		q.Unwell(w, http.StatusBadRequest)
		return
	}
	switch path {
	case "/clients/search":
		if !c.given() {
			q.Unwell(w, http.StatusUnprocessableEntity)
			return
		}
		write(w, http.StatusOK, object{"clients": each(q.find(c.fits), (*Client).json)})
	case "/packages/search":
		q.packages(w, c)
	case "/visits/search":
		q.visits(w, c)
	default:
		q.Unwell(w, http.StatusNotFound)
	}
}

func (c *criteria) given() bool {
	return len(c.ClientIDs)+len(c.NHSNumbers)+len(c.ClientNumbers) > 0 || len(c.days()) > 0
}

func (c *criteria) days() (days []string) {
	var one string
	if json.Unmarshal(c.BornOn, &days) != nil && json.Unmarshal(c.BornOn, &one) == nil && one != "" {
		days = []string{one}
	}
	return days
}

// fits reports whether a client is one of those searched for; names begin with what is
// given, whatever its case.
func (c *criteria) fits(x *Client) bool {
	begins := func(name, with string) bool {
		return strings.HasPrefix(strings.ToLower(name), strings.ToLower(with))
	}
	days := c.days()
	return (len(c.ClientIDs) == 0 || slices.Contains(c.ClientIDs, json.Number(strconv.Itoa(x.ID)))) &&
		(len(c.NHSNumbers) == 0 || x.NHS != "" && slices.Contains(c.NHSNumbers, x.NHS)) &&
		(len(c.ClientNumbers) == 0 || slices.Contains(c.ClientNumbers, x.Number)) &&
		(len(days) == 0 || slices.Contains(days, x.Born)) && begins(x.Last, c.LastName) && begins(x.First, c.FirstName)
}

// packages are paged by a cursor.
func (q question) packages(w http.ResponseWriter, c criteria) {
	var all []object
	for _, x := range q.about(c) {
		for _, p := range x.Packages {
			all = append(all, p.json(x))
		}
	}
	from, _ := strconv.Atoi(strings.TrimPrefix(c.Cursor, "c"))
	limit := min(max(c.Limit, 1), 200)
	body := object{"packages": append([]object{}, cut(all, from, limit)...), "total": len(all), "nextCursor": nil}
	switch {
	case q.fault == "next-loop":
		body["nextCursor"] = "c" + strconv.Itoa(max(from, 1))
	case q.fault == "endless-paging", from+limit < len(all):
		body["nextCursor"] = "c" + strconv.Itoa(from+limit)
	}
	write(w, http.StatusOK, body)
}

// visits are paged by number.
func (q question) visits(w http.ResponseWriter, c criteria) {
	var all []object
	for _, x := range q.about(c) {
		for _, v := range x.Visits {
			all = append(all, v.json(x))
		}
	}
	size := min(max(c.PageSize, 1), 200)
	pages := (len(all) + size - 1) / size
	if q.fault == "endless-paging" {
		pages = c.Page + 1
	}
	write(w, http.StatusOK, object{"visits": append([]object{}, cut(all, (max(c.Page, 1)-1)*size, size)...), "page": c.Page, "pages": pages})
}

func (q question) about(c criteria) []*Client {
	if len(c.ClientIDs) == 0 {
		return nil
	}
	return q.find(func(x *Client) bool { return slices.Contains(c.ClientIDs, json.Number(strconv.Itoa(x.ID))) })
}

func (c *Client) json() object {
	return object{"clientId": c.ID, "clientNumber": c.Number, "nhsNumber": orNull(c.NHS), "nhsNumberTraced": c.Traced,
		"name": object{"title": c.Title, "first": c.First, "last": c.Last}, "bornOn": c.Born, "gender": c.Gender,
		"address": object{"lines": append([]string{}, c.Lines...), "postcode": c.Postcode}, "phone": orNull(c.Phone)}
}

func (p Package) json(c *Client) object {
	return object{"packageId": p.ID, "clientId": c.ID, "nhsNumber": orNull(c.NHS), "title": p.Title, "kind": p.Kind, "status": p.Status,
		"startsOn": p.Start, "endsOn": orNull(p.End), "reviewOn": orNull(p.Review), "funder": p.Funder, "plannedBy": p.Planner, "goals": append([]string{}, p.Goals...),
		"services": each(p.Services, func(s Service) object {
			return object{"name": s.Name, "frequency": s.Frequency, "worker": s.Worker}
		})}
}

func (m Member) json() object {
	return object{"worker": m.Worker, "name": m.Name, "role": m.Role, "phone": m.Phone, "since": m.Since, "until": orNull(m.Until), "keyWorker": m.Key}
}

func (k Contact) json() object {
	return object{"contactId": k.ID, "name": k.Name, "relation": k.Relation, "phone": k.Phone, "nextOfKin": k.NextOfKin, "carer": k.Carer}
}

func (x Risk) json() object {
	return object{"riskId": x.ID, "kind": x.Kind, "text": x.Text, "since": x.Since, "until": orNull(x.Until), "confidential": x.Confidential}
}

func (v Visit) json(c *Client) object {
	return object{"visitId": v.ID, "clientId": c.ID, "at": v.At, "minutes": v.Minutes, "kind": v.Kind, "worker": v.Worker, "status": v.Status, "note": orNull(v.Note)}
}

func (l Letter) json() object {
	return object{"letterId": l.ID, "title": l.Title, "date": l.Date, "contentType": "text/plain", "size": len(l.Text)}
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
