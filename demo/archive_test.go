package demo

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

const findDocuments = `<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body><q:AdhocQueryRequest xmlns:q="q" xmlns:rim="r"><rim:AdhocQuery id="urn:uuid:14d4debf-8f97-4251-9a74-a9016b0af0d9">
<rim:Slot name="$XDSDocumentEntryPatientId"><rim:ValueList><rim:Value>'NUMBER^^^&amp;2.16.840.1.113883.2.1.4.1&amp;ISO'</rim:Value></rim:ValueList></rim:Slot>
<rim:Slot name="$XDSDocumentEntryStatus"><rim:ValueList><rim:Value>('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')</rim:Value></rim:ValueList></rim:Slot>
</rim:AdhocQuery></q:AdhocQueryRequest></env:Body></env:Envelope>`

// TestArchiveIsOptional: without being asked for, nothing of the archive is there; with
// it, everybody is as before, and it knows some and hides whom a restriction hides.
func TestArchiveIsOptional(t *testing.T) {
	without, with := started(t, Options{}), started(t, Options{Archive: true})
	if without.System(archiveID) != nil || with.System(archiveID) == nil || len(with.Patients) != len(without.Patients) {
		t.Fatal("it is not optional")
	}
	known := 0
	for i, p := range without.Patients {
		same := with.Patients[i]
		if slices.Contains(same.Systems, archiveID) {
			known++
			same.Systems = same.Systems[:len(same.Systems)-1]
		}
		if same.NHSNumber != p.NHSNumber || !slices.Equal(same.Systems, p.Systems) {
			t.Errorf("%v became %v", p, same)
		}
	}
	if known < 10 || known == len(without.Patients) {
		t.Errorf("it knows %d of %d", known, len(without.Patients))
	}
}

// TestArchiveAnswers: it speaks its protocol, counts, and meets the faults that it can.
func TestArchiveAnswers(t *testing.T) {
	r := started(t, Options{Archive: true})
	s := r.System(archiveID)
	ask := func(number string) (int, string) {
		res, body := send(t, http.MethodPost, s.URL+"/xds/registry", strings.Replace(findDocuments, "NUMBER", number, 1), "Content-Type", "application/soap+xml")
		return res.StatusCode, body
	}
	number := r.Scenario("everything").NHSNumber
	if code, body := ask(number); code != 200 || strings.Count(body, "<rim:ExtrinsicObject") < 2 || !strings.Contains(body, "ResponseStatusType:Success") || !strings.Contains(body, `nodeRepresentation="R"`) {
		t.Errorf("%d %s", code, body)
	}
	if _, body := ask("9999999999"); !strings.Contains(body, "XDSUnknownPatientId") {
		t.Error(body)
	}
	if _, body := get(t, s.Control); !strings.Contains(body, `"/xds/registry":2`) || strings.Contains(body, number) {
		t.Error(body)
	}
	for fault, want := range map[string]int{"next-loop": 422, "endless-paging": 422, "status-503": 200, "wrong-patient": 200, "huge": 200} {
		if res, _ := send(t, http.MethodPut, s.Control, `{"fault":"`+fault+`"}`); res.StatusCode != want {
			t.Errorf("%s: %d", fault, res.StatusCode)
		}
	}
	_, _ = send(t, http.MethodPut, s.Control, `{"fault":"wrong-patient"}`)
	if _, body := ask(number); strings.Contains(body, "value=\""+number) {
		t.Error("the fault does not show")
	}
}
