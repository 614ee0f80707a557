package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// linkageColumns are the columns of a file of people that are understood, by all the
// names they may have; docs/linking.md says them to people. Others are left alone.
var linkageColumns = map[string][]string{
	"id":                {"id", "rec_id", "unique_id"},
	"person":            {"person", "cluster"},
	"family_name":       {"family_name", "surname", "last_name"},
	"given_name":        {"given_name", "first_name", "forename"},
	"other_family_name": {"other_family_name", "maiden_name", "former_name"},
	"birth_date":        {"birth_date", "date_of_birth", "dob"},
	"sex":               {"sex", "gender"},
	"house":             {"house", "house_number", "street_number"},
	"address_1":         {"address_1", "address", "street"},
	"address_2":         {"address_2", "locality"},
	"town":              {"town", "city", "suburb"},
	"county":            {"county", "state"},
	"postcode":          {"postcode"},
	"phone":             {"phone", "telephone", "mobile"},
	"email":             {"email"},
	"nhs_number":        {"nhs_number"},
	"nhs_number_status": {"nhs_number_status"},
	"identifier":        {"identifier", "soc_sec_id"},
}

// listed is one row of a file of people. Its errors and texts never hold its values.
type listed struct {
	person record.Person
	// id is the row's own; same says which rows are of one person, "" if not known.
	id, same string
}

// mostPeople bounds what is read of a file.
const mostPeople = 2_000_000

// readPeople reads a file of people with a header, .csv or .csv.gz.
func readPeople(name string) (people []listed, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, usageError(fmt.Sprintf("the file %s cannot be read: %v", name, errors.Unwrap(err)))
	}
	defer func() { _ = f.Close() }()
	in := io.Reader(bufio.NewReader(f))
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(in); err != nil {
			return nil, usageError(fmt.Sprintf("%s is not gzip", name))
		}
	}
	rows := csv.NewReader(in)
	rows.FieldsPerRecord, rows.ReuseRecord, rows.TrimLeadingSpace = -1, true, true
	header, err := rows.Read()
	if err != nil {
		return nil, usageError(fmt.Sprintf("%s has no header of columns", name))
	}
	at, err := columnsOf(name, header)
	if err != nil {
		return nil, err
	}
	for line := 2; ; line++ {
		row, err := rows.Read()
		switch {
		case errors.Is(err, io.EOF):
			return people, nil
		case err != nil:
			return nil, usageError(fmt.Sprintf("%s: row %d is not CSV", name, line))
		case len(people) == mostPeople:
			return nil, usageError(fmt.Sprintf("%s has more than %d rows", name, mostPeople))
		}
		people = append(people, at.read(row))
	}
}

// linkageRow is where each column stands.
type linkageRow map[string]int

func columnsOf(name string, header []string) (linkageRow, error) {
	at := linkageRow{}
	for i, title := range header {
		title = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(title, "\ufeff")))
		for column, names := range linkageColumns {
			if _, twice := at[column]; slices.Contains(names, title) && !twice {
				at[column] = i
			}
		}
	}
	for _, needed := range []string{"family_name", "given_name", "birth_date"} {
		if _, ok := at[needed]; !ok {
			return nil, usageError(fmt.Sprintf("%s has no column %s", name, strings.Join(linkageColumns[needed], " or ")))
		}
	}
	return at, nil
}

func (at linkageRow) read(row []string) listed {
	value := func(column string) string {
		if i, ok := at[column]; ok && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	l := listed{id: value("id"), same: value("person")}
	p := &l.person
	p.Name = record.HumanName{Family: value("family_name")}
	p.Name.Given = strings.Fields(value("given_name"))
	if other := value("other_family_name"); other != "" {
		p.OtherNames = []record.HumanName{{Family: other, Use: "old"}}
	}
	p.BirthDate, p.Gender = dateIn(value("birth_date")), value("sex")
	var a record.Address
	for _, line := range []string{value("house") + " " + value("address_1"), value("address_2"), value("town"), value("county")} {
		if line = strings.TrimSpace(line); line != "" {
			a.Lines = append(a.Lines, line)
		}
	}
	if a.Postcode = value("postcode"); !a.IsZero() {
		p.Addresses = []record.Address{a}
	}
	for _, system := range []string{"phone", "email"} {
		if v := value(system); v != "" {
			p.Telecoms = append(p.Telecoms, record.Telecom{System: system, Value: v})
		}
	}
	p.NHSNumber = record.NHSNumber(value("nhs_number"))
	if strings.EqualFold(value("nhs_number_status"), "verified") {
		p.NHSNumberStatus = record.NumberVerified
	}
	if id := value("identifier"); id != "" {
		p.Identifiers = []record.Identifier{{System: "identifier", Value: id}}
	}
	return l
}

// dateIn reads YYYY-MM-DD or YYYYMMDD; anything else is not known.
func dateIn(s string) record.Date {
	if len(s) == 8 && !strings.ContainsAny(s, "-/.") {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	d, err := record.ParseDate(s)
	if err != nil {
		return ""
	}
	return d
}
