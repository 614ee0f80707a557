package auth

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// facts is what the table keeps of a session beside its searched columns.
type facts struct {
	Name             string   `json:"name,omitempty"`
	Organisation     string   `json:"organisation,omitempty"`
	OrganisationName string   `json:"organisationName,omitempty"`
	Role             Role     `json:"role,omitempty"`
	CareSetting      string   `json:"careSetting,omitempty"`
	Purpose          Purpose  `json:"purpose,omitempty"`
	Scopes           []string `json:"scopes"` // null: not narrowed; []: nothing
	Launch           *Launch  `json:"launch,omitempty"`

	Username    string            `json:"username,omitempty"`
	Identifiers map[string]string `json:"identifiers,omitempty"`
	Positions   []Position        `json:"positions,omitempty"`
	// Confirmed is RFC 3339 in UTC.
	Confirmed time.Time `json:"confirmed,omitzero"`
}

func encodeFacts(s *Session) (string, error) {
	b, err := json.Marshal(facts{
		Name: s.Name, Organisation: s.Organisation.ODS, OrganisationName: s.Organisation.Name,
		Role: s.Role, CareSetting: s.CareSetting, Purpose: s.Purpose, Scopes: s.Scopes, Launch: s.Launch, Confirmed: s.Confirmed.UTC(),
		Identifiers: s.Identifiers, Positions: s.Positions, Username: s.Username,
	})
	if err != nil {
		return "", fmt.Errorf("auth: encoding a session: %w", err)
	}
	return string(b), nil
}

func decodeFacts(text string, s *Session) error {
	var f facts
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return fmt.Errorf("auth: a stored session cannot be read: %w", err)
	}
	s.Name, s.Role, s.CareSetting, s.Purpose, s.Scopes, s.Launch = f.Name, f.Role, f.CareSetting, f.Purpose, f.Scopes, f.Launch
	s.Confirmed, s.Identifiers, s.Positions, s.Username = f.Confirmed, f.Identifiers, f.Positions, f.Username
	s.Organisation = record.Organisation{ODS: f.Organisation, Name: f.OrganisationName}
	return nil
}
