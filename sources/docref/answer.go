package docref

import (
	"bytes"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// Answer is one page of the answer to a search.
type Answer struct {
	Pointers []Pointer
	// Patients are the ids of patients who were sent along, by reference ("Patient/1").
	Patients map[string][]record.Identifier
	// Next is the address of the next page; "" for the last.
	Next string
	// Total is how many there are in all; -1 if it does not say.
	Total int
	// Warned: an OperationOutcome among the entries says that something is missing.
	Warned bool
	// BadDates: a date could not be read and was left out.
	BadDates bool
	// Unread are entries that are no DocumentReference nor anything sent along.
	Unread int
}

// Read reads a page. Every error is an *sources.Error.
func Read(body []byte) (*Answer, error) {
	out := &Answer{Total: -1, Patients: map[string][]record.Identifier{}}
	r := &reader{out: out}
	r.Reset(body)
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, httpfault.Malformed("empty-body", "It answered with nothing at all")
	}
	kind, bundle := "", ""
	r.Members(func(name string) {
		switch name {
		case "resourceType":
			kind = r.String()
		case "type":
			bundle = r.String()
		case "total":
			out.Total = r.number()
		case "link":
			r.next()
		case "entry":
			r.Each(r.entry)
		}
	})
	switch {
	case r.End() != nil:
		return nil, httpfault.Malformed("not-json", "Its answer is not valid JSON")
	case r.Odd() > 0:
		return nil, httpfault.Malformed("bad-value", "Its answer holds values of another kind than they must be")
	case kind == "OperationOutcome": // an error in the clothes of a success: never an empty list
		return nil, &sources.Error{Kind: sources.Unavailable, Code: "operation-outcome", Reason: "It answered with an error report"}
	case kind != "Bundle" || bundle != "searchset":
		return nil, httpfault.Malformed("not-a-searchset", "Its answer is not a list of search results")
	}
	out.BadDates = r.BadDate
	return out, nil
}

func (r *reader) next() {
	r.Each(func() {
		relation, url := "", ""
		r.Members(func(name string) {
			switch name {
			case "relation":
				relation = r.String()
			case "url":
				url = r.String()
			}
		})
		if relation == "next" {
			r.out.Next = url
		}
	})
}

// entry takes one entry: a DocumentReference, a patient sent along, or a report.
func (r *reader) entry() {
	seen := false
	r.Members(func(name string) {
		if name != "resource" {
			return
		}
		seen = true
		switch string(r.Find("resourceType")) {
		case "DocumentReference":
			r.pointer()
		case "Patient":
			r.patient()
		case "OperationOutcome":
			r.outcome()
		case "Practitioner", "PractitionerRole", "Organization", "Device", "RelatedPerson", "Encounter":
		default:
			r.out.Unread++
		}
	})
	if !seen {
		r.out.Unread++
	}
}

func (r *reader) patient() {
	id := ""
	var all []record.Identifier
	r.Members(func(name string) {
		switch name {
		case "id":
			id = r.String()
		case "identifier":
			all = r.Identifiers()
		}
	})
	if id != "" {
		r.out.Patients["Patient/"+id] = all
	}
}

// outcome takes what the search says of itself: information is none of ours.
func (r *reader) outcome() {
	r.Members(func(name string) {
		if name != "issue" {
			return
		}
		r.Each(func() {
			r.Members(func(name string) {
				if name == "severity" {
					if s := r.String(); s != "information" && s != "success" {
						r.out.Warned = true
					}
				}
			})
		})
	})
}
