package lists

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/patchworkcare/patchwork/record"
)

// Column is what a list shows of each person: a section, and what of it.
type Column struct {
	// Section is a field of Patient (record.SectionNamed).
	Section string `json:"section"`
	// Show is one of Shows.
	Show string `json:"show"`
	// Code narrows results and observations to entries with it (`code` or `system|code`);
	// "" is any.
	Code string `json:"code,omitempty"`
	// Title is what to call it; "" is the section's own.
	Title string `json:"title,omitempty"`
}

// Shows lists what a column can show of a section: how many entries, the newest, the next
// to come. The slice is the caller's own.
func Shows() []string { return []string{"COUNT", "LATEST", "NEXT"} }

// columnTitle is in characters: a column is narrow.
const columnTitle = 60

// checkColumns refuses what cannot be shown, and gives the columns as they are kept.
func checkColumns(columns []Column) ([]Column, error) {
	if len(columns) > MaxColumns {
		return nil, &InputError{"columns", fmt.Sprintf("A list shows %d columns at most", MaxColumns)}
	}
	out := make([]Column, len(columns))
	for i, c := range columns {
		if _, ok := record.SectionNamed(c.Section); !ok {
			return nil, &InputError{"columns", "There is no section of this name"}
		}
		if !slices.Contains(Shows(), c.Show) {
			return nil, &InputError{"columns", "A column shows a count, the latest or the next entry"}
		}
		if c.Code != "" && !storable(c.Code) {
			return nil, &InputError{"columns", "The code of a column is not one that can be"}
		}
		if c.Code != "" && c.Section != "results" && c.Section != "observations" {
			return nil, &InputError{"columns", "Only columns of results and observations have a code"}
		}
		title, err := words("columns", c.Title, 0, columnTitle)
		if err != nil {
			return nil, &InputError{"columns", fmt.Sprintf("The title of a column has %d plain characters at most", columnTitle)}
		}
		out[i] = Column{c.Section, c.Show, c.Code, title}
	}
	return out, nil
}

func encodeColumns(columns []Column) (string, error) {
	b, err := json.Marshal(columns)
	if err != nil {
		return "", fmt.Errorf("lists: %w", err)
	}
	return string(b), nil
}

func decodeColumns(text string) (columns []Column, err error) {
	if err := json.Unmarshal([]byte(text), &columns); err != nil {
		return nil, fmt.Errorf("stored columns cannot be read: %w", err)
	}
	return columns, nil
}
