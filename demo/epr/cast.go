package epr

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// contextEvent is an event of FHIRcast about a patient (FHIRcast STU3 §2.6).
func (e *EPR) contextEvent(topic, name string, p Patient) ([]byte, error) {
	resource := map[string]any{"resourceType": "Patient", "id": p.ID, "identifier": []any{map[string]any{"system": nhsNumberSystem, "value": p.NHSNumber}}}
	if name == "Patient-open" {
		resource["birthDate"] = p.BirthDate
		resource["name"] = []any{map[string]any{"family": p.FamilyName, "given": []string{p.GivenName}}}
	}
	return json.Marshal(map[string]any{
		"timestamp": e.o.Now().UTC().Format(time.RFC3339Nano), "id": rand.Text(),
		"event": map[string]any{"hub.topic": topic, "hub.event": name, "context": []any{map[string]any{"key": "patient", "resource": resource}}},
	})
}

// TellContext posts a Patient-open or Patient-close to the record's hub. An error of it is a Step.
func (e *EPR) TellContext(ctx context.Context, topic, name string, p Patient) error {
	token, err := e.Token(ctx)
	if err != nil {
		return err
	}
	body, err := e.contextEvent(topic, name, p)
	if err != nil {
		return err
	}
	answer, err := e.send(ctx, e.o.Patchwork+"/smart/cast", "application/fhir+json", token, body)
	if err != nil {
		return Step{Name: name, Code: "unreachable", Description: "the hub cannot be reached"}
	}
	if answer.status >= http.StatusBadRequest { // the standard has it in plain text
		return Step{Name: name, Status: answer.status, Description: string(bytes.TrimSpace(answer.text))}
	}
	return nil
}

func (e *EPR) byMoving(r *http.Request, c choice) done { return e.told(r, c, "Patient-open") }

func (e *EPR) byLeaving(r *http.Request, c choice) done { return e.told(r, c, "Patient-close") }

// told tells every record that is open. A hub that has forgotten one does not keep the
// others from hearing it.
func (e *EPR) told(r *http.Request, c choice, name string) done {
	var d done
	for _, topic := range c.Topics {
		var s Step
		switch err := e.TellContext(r.Context(), topic, name, *e.o.patient(c.Patient)); {
		case err == nil:
			s = Step{Name: name, Status: http.StatusAccepted}
		case !errors.As(err, &s):
			s = Step{Name: name, Description: err.Error()}
		}
		d.Steps = append(d.Steps, s)
	}
	if len(c.Topics) == 0 {
		d.Steps = []Step{{Name: name, Description: "no record is open that follows"}}
	}
	return d
}
