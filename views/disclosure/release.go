package disclosure

import (
	"encoding/binary"
	"errors"
	"slices"
)

// A Release is who was in the cohort of one run, as keyed hashes: enough to compare it
// with other runs of the same view, and to find nobody without the secret. The zero
// Release is an empty cohort.
type Release struct{ people []uint64 }

// Release keeps a cohort by the people's ids. Somebody who is named twice is one; an empty
// id is nobody. Runs are compared only with those of the same view and secret.
func (p *Pseudonyms) Release(ids []string) Release {
	people := make([]uint64, 0, len(ids))
	for _, id := range ids {
		if id != "" {
			people = append(people, binary.BigEndian.Uint64(keyed(p.releases, "", id)))
		}
	}
	slices.Sort(people)
	return Release{slices.Compact(people)}
}

// Size is how many people were in the cohort.
func (r Release) Size() int { return len(r.people) }

// releaseMark begins the bytes of a Release, so that nothing else is read as one.
const releaseMark = "pwr1"

// MarshalBinary writes eight bytes a person and four before.
func (r Release) MarshalBinary() ([]byte, error) {
	text := make([]byte, 0, len(releaseMark)+8*len(r.people))
	text = append(text, releaseMark...)
	for _, person := range r.people {
		text = binary.BigEndian.AppendUint64(text, person)
	}
	return text, nil
}

// UnmarshalBinary reads what MarshalBinary wrote, and refuses anything else: people out of
// order would be compared wrongly.
func (r *Release) UnmarshalBinary(text []byte) error {
	if len(text) < len(releaseMark) || string(text[:len(releaseMark)]) != releaseMark || (len(text)-len(releaseMark))%8 != 0 {
		return errors.New("not the cohort of a run")
	}
	text = text[len(releaseMark):]
	people := make([]uint64, len(text)/8)
	for i := range people {
		people[i] = binary.BigEndian.Uint64(text[8*i:])
		if i > 0 && people[i] <= people[i-1] {
			return errors.New("the cohort of a run is out of order")
		}
	}
	r.people = people
	return nil
}
