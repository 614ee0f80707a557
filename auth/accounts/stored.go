package accounts

import (
	"encoding/json"
	"fmt"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// storedPosition is a position as the table has it. The order of its fields is what
// positionText looks for.
type storedPosition struct {
	Role        auth.Role `json:"role"`
	ODS         string    `json:"ods"`
	Name        string    `json:"name,omitempty"`
	CareSetting string    `json:"careSetting,omitempty"`
}

func encodePositions(positions []auth.Position) (string, error) {
	stored := make([]storedPosition, len(positions))
	for i, p := range positions {
		stored[i] = storedPosition{p.Role, p.Organisation.ODS, p.Organisation.Name, p.CareSetting}
	}
	return encode(stored)
}

func decodePositions(text string) ([]auth.Position, error) {
	var stored []storedPosition
	if err := json.Unmarshal([]byte(text), &stored); err != nil {
		return nil, fmt.Errorf("stored positions cannot be read: %w", err)
	}
	positions := make([]auth.Position, len(stored))
	for i, p := range stored {
		positions[i] = auth.Position{Role: p.Role, Organisation: record.Organisation{ODS: p.ODS, Name: p.Name}, CareSetting: p.CareSetting}
	}
	return positions, nil
}

// positionText is a piece of the stored text that is there if and only if there is a
// position of the role and the organisation, of which either may be "". Inside a JSON
// string no quote stands without a backslash, so that nothing somebody is called can
// look like it.
func positionText(role auth.Role, ods string) string {
	quoted := func(s string) string {
		text, _ := encode(s) // never fails: a string
		return text
	}
	switch {
	case role == "":
		return `,"ods":` + quoted(ods)
	case ods == "":
		return `{"role":` + quoted(string(role)) + `,`
	}
	return `{"role":` + quoted(string(role)) + `,"ods":` + quoted(ods)
}

// ownPosition is the one position of Patchwork's own account.
type ownPosition struct{ role, ods, name, careSetting string }

// or gives it, or the positions that are stored of others.
func (p ownPosition) or(stored string) ([]auth.Position, error) {
	if stored != "" {
		return decodePositions(stored)
	}
	return []auth.Position{{
		Role: auth.Role(p.role), Organisation: record.Organisation{ODS: p.ods, Name: p.name}, CareSetting: p.careSetting,
	}}, nil
}

func decodeIdentifiers(text string) (identifiers map[string]string, err error) {
	if text == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(text), &identifiers); err != nil {
		return nil, fmt.Errorf("stored identifiers cannot be read: %w", err)
	}
	return identifiers, nil
}

func encode(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("accounts: %w", err)
	}
	return string(b), nil
}
