package demo

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// csvColumns are the columns of the social care extract by file; README.md
// tells what they hold.
func csvColumns() map[string]string {
	return map[string]string{
		"people.csv": "person_id nhs_number nhs_number_status last_name first_names known_as title date_of_birth gender ethnicity address postcode " +
			"telephone email gp_practice_code gp_practice_name date_of_death living_situation preferred_language sharing_consent sharing_consent_date",
		"contacts.csv":     "person_id nhs_number contact_id name relationship telephone address next_of_kin main_carer power_of_attorney recorded_date",
		"caseloads.csv":    "person_id nhs_number list_type list_id list_name",
		"keyworkers.csv":   "person_id nhs_number keyworker_id worker_name role team telephone email start_date end_date",
		"visits.csv":       "person_id nhs_number visit_id visit_date visit_time duration_minutes visit_type worker_name role team location status outcome",
		"alerts.csv":       "person_id nhs_number alert_id alert_type description start_date end_date recorded_by restricted",
		"involvements.csv": "person_id nhs_number involvement_id service provider frequency start_date end_date status reason recorded_by",
		"plans.csv":        "person_id nhs_number plan_id plan_type title goals start_date review_date status author",
		"aboutme.csv":      "person_id nhs_number about_id heading what_i_say recorded_date review_date written_with",
	}
}

// renderCSV writes a file: header, CRLF, quoted where needed.
func renderCSV(name string, rows []row) []byte {
	columns := strings.Fields(csvColumns()[name])
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	_ = w.Write(columns) // a bytes.Buffer cannot fail
	for _, r := range rows {
		record := make([]string, len(columns))
		for i, column := range columns {
			record[i] = r[column]
		}
		_ = w.Write(record)
	}
	w.Flush()
	return out.Bytes()
}
