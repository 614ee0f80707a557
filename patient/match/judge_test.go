package match_test

import (
	"testing"

	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// somebody is a person of whom much is known; change makes another record of them.
func somebody(change ...func(*record.Person)) match.Traits {
	p := record.Person{
		Name: record.HumanName{Given: []string{"Margaret", "Ann"}, Family: "Whitcombe"}, BirthDate: "1956-03-12", Gender: "female",
		Addresses: []record.Address{{Lines: []string{"14 Mill Lane", "Upper Farley", "Farshire"}, Postcode: "FA4 5TT"}},
		Telecoms:  []record.Telecom{{System: "phone", Value: "01632 960123"}},
	}
	for _, c := range change {
		c(&p)
	}
	return match.TraitsOf(&p)
}

func TestDefaultIsValid(t *testing.T) {
	t.Parallel()
	if problems := match.Default().Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	a, b := somebody(), somebody()
	if j := match.Default().Judge(&a, &b); j.Class != match.Link {
		t.Fatalf("%+v", j)
	}
}
