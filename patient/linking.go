package patient

import (
	"math"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/patient/match"
)

// retrace is how long a search by name holds that found nothing to link.
const retrace = 12 * time.Hour

// Linking says what becomes of records without a verified NHS number.
type Linking struct {
	// Model scores them; nil searches for none.
	Model *match.Model
	// Scored is what a score above the threshold comes to: "link" (also ""), "ask" a
	// person, or "off".
	Scored string
}

func (l *Linking) on() bool { return l.Model != nil && l.Scored != "off" }

// likeness is what a record's comparison with a person came to.
type likeness struct {
	class match.Class
	match.Judgement
}

// compare judges a record against all that the linked systems state of a person. It is
// theirs if it is so by one of the statements and impossible by none.
func (l *Linking) compare(stated []*match.Traits, record *match.Traits) likeness {
	best, never := likeness{Judgement: match.Judgement{Score: math.Inf(-1)}}, false
	for _, s := range stated {
		j := l.Model.Judge(s, record)
		never = never || j.Class == match.Never && (len(j.Rules) > 0 || j.Score < 0)
		if j.Class > best.class || j.Class == best.class && j.Score > best.Score {
			best = likeness{j.Class, j}
		}
	}
	if best.class == match.Link {
		if never {
			best.hold("One system states somebody whom it cannot be")
		}
		if l.Scored == "ask" {
			best.hold("This region links nothing by its score alone")
		}
	}
	return best
}

// hold keeps what would be linked for somebody to decide.
func (l *likeness) hold(rule string) {
	if l.class == match.Link {
		l.class = match.Ask
	}
	l.Rules = append(l.Rules[:len(l.Rules):len(l.Rules)], rule)
}

// evidence says in words which fields agree.
func (l *likeness) evidence() string {
	var agree []string
	for _, a := range l.Agreements {
		if a.Weight > 0 {
			agree = append(agree, a.Field+" ("+a.Level+")")
		}
	}
	return "no verified NHS number; agree: " + strings.Join(agree, ", ")
}
