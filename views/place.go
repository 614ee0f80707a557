package views

import "encoding/json"

// place is how far a run is in its list.
type place struct {
	// After is the cursor of the list's next page; "" is its first.
	After string `json:"after,omitempty"`
	// Version is the list's, as the last page of this reading saw it; 0 while there was none.
	Version int64 `json:"version,omitempty"`
	// Changed: the list was changed since its first page was read. Somebody may have been moved
	// from what was not read yet to what was, or the other way.
	Changed bool `json:"changed,omitempty"`
	// Again counts the readings after the first, which look for whoever was moved.
	Again int `json:"again,omitempty"`
}

// onTo is the place after a page that saw the list at a version.
func (p place) onTo(version int64, after string) place {
	p.Changed = p.Changed || p.Version != 0 && p.Version != version
	p.Version, p.After = version, after
	return p
}

func (s *Store) sealPlace(run string, p place) (string, error) { return s.sealJSON("place "+run, p) }

func (s *Store) unsealPlace(run, sealed string) (p place, err error) {
	if sealed == "" {
		return p, nil
	}
	text, err := s.unseal("place "+run, sealed)
	if err != nil {
		return p, err
	}
	if json.Unmarshal(text, &p) != nil {
		return place{After: string(text)}, nil // kept by a Patchwork that had nothing but the cursor
	}
	return p, nil
}
