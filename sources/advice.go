package sources

import "github.com/patchworkcare/patchwork/record"

// Adviser is a Source whose system says what it has, so that the stanza can be held against
// it before anybody's record is read.
type Adviser interface {
	// Advice is what the system said in answer to the last Probe; nil if it did not say.
	Advice() []Advice
}

// Advice is about one section.
type Advice struct {
	Section record.Section
	// Unlisted are what the stanza asks for and the system does not list, in the stanza's
	// words: resource types, for example.
	Unlisted []string
	// LeftOut are what the system lists, the section could read and the stanza leaves out.
	LeftOut []string
}

// Advice gives what the source's system said of the stanza; see Adviser.
func (s *System) Advice() []Advice {
	adviser, ok := s.source.(Adviser)
	if !ok {
		return nil
	}
	return adviser.Advice()
}
