package demo

import (
	"bytes"
	"maps"
	"slices"
)

// spoilRows is a file under the faults that mix people up.
func spoilRows(rows []row, fault string) (spoilt []row, ok bool) {
	switch fault {
	case faultWrongPatient:
		return misfile(rows, 1), true
	case faultMixedPatients:
		return misfile(rows, 2), true
	case faultDuplicates:
		// Each twice, and the copies in the other order.
		again := slices.Clone(rows)
		slices.Reverse(again)
		return append(again, rows...), true
	}
	return nil, false
}

// misfile puts every n-th row under the next person's id, as an extract joined
// on the wrong row does. The NHS number stays that of the person it is about,
// so rows without one are left alone: nobody could tell.
func misfile(rows []row, n int) []row {
	var people []string
	for _, r := range rows {
		if r["nhs_number"] != "" && !slices.Contains(people, r["person_id"]) {
			people = append(people, r["person_id"])
		}
	}
	filed := make([]row, len(rows))
	for i, r := range rows {
		filed[i] = r
		if r["nhs_number"] != "" && i%n == 0 {
			filed[i] = maps.Clone(r)
			filed[i]["person_id"] = next(people, r["person_id"])
		}
	}
	return filed
}

// garbleCSV takes turns: cut in the middle of a row, a quote never closed, a
// row with columns too many.
func garbleCSV(body []byte, turn int) []byte {
	half := body[:len(body)/2]
	switch turn % 3 {
	case 1:
		return slices.Concat(bytes.TrimRight(half, "\r\n"), []byte("\"\r\n\"never closed,"), body[len(half):])
	case 2:
		return slices.Concat(body, []byte("a,b,c\r\n"))
	}
	return half
}

// refusedByCSV are the faults a file cannot have.
func refusedByCSV() map[string]string {
	const pages = "a file has no pages and no links"
	return map[string]string{
		faultEndlessPaging: pages, faultNextLoop: pages, faultNextForeign: pages,
		faultOutcomeIn200: "an OperationOutcome is FHIR; html is the nearest a folder does",
	}
}
