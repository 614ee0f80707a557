package demo

import "fmt"

// address is a place in Westmarch; its postcodes begin with WM, which no post
// office uses.
type address struct{ line1, line2, town, postcode string }

func (a address) lines() []string {
	if a.line2 == "" {
		return []string{a.line1}
	}
	return []string{a.line1, a.line2}
}

type town struct {
	name     string
	district int
}

func towns() []town {
	return []town{{"Harrowmere", 1}, {"Stonebridge Wells", 2}, {"Kingsallow", 3}, {"Port Ellary", 4}, {"Thornby", 5}, {"Upper Quarley", 6}}
}

func (d *dice) address() address {
	streets := []string{"Mill Lane", "Station Road", "Chapel Street", "Priory Close", "Victoria Terrace", "Orchard Way", "The Green",
		"Quarry Hill", "Abbotsford Avenue", "Canal Walk", "St Osyth's Road", "Wharf Street", "Beech Drive", "Nelson Court"}
	where := pick(d, towns())
	a := address{line1: fmt.Sprintf("%d %s", d.between(1, 140), pick(d, streets)), town: where.name}
	if d.chance(0.12) {
		a.line1, a.line2 = fmt.Sprintf("Flat %d", d.between(1, 24)), a.line1
	}
	const letters = "ABDEFGHJLNPQRSTUWXYZ"
	a.postcode = fmt.Sprintf("WM%d %d%c%c", where.district, d.between(1, 9), letters[d.n(len(letters))], letters[d.n(len(letters))])
	return a
}

// organisation is one that appears in the record, by its ODS code.
type organisation struct {
	ods, name, phone string
	address          address
}

func practices() []organisation {
	return []organisation{
		{"Z99001", "Harrowmere Medical Centre", "01632 960101", address{"1 Market Square", "", "Harrowmere", "WM1 1AA"}},
		{"Z99002", "Stonebridge Surgery", "01632 960102", address{"22 Bridge Street", "", "Stonebridge Wells", "WM2 4BD"}},
		{"Z99003", "Kingsallow Health Centre", "01632 960103", address{"Priory Road", "", "Kingsallow", "WM3 2EF"}},
		{"Z99004", "Port Ellary Group Practice", "01632 960104", address{"Harbour House", "Quay Street", "Port Ellary", "WM4 7GH"}},
	}
}

func supplier() organisation {
	return organisation{"YZ901", "Westmarch General Practices", "01632 960100", address{"Unit 4", "Innovation Park", "Harrowmere", "WM1 9ZZ"}}
}

func acuteTrust() organisation {
	return organisation{"RZH", "Westmarch University Hospitals NHS Foundation Trust", "01632 960200",
		address{"Royal Westmarch Infirmary", "Infirmary Road", "Harrowmere", "WM1 3JK"}}
}

func mentalHealthTrust() organisation {
	return organisation{"RZM", "Westmarch Mental Health NHS Trust", "01632 960300",
		address{"Larkfield House", "Larkfield Lane", "Thornby", "WM5 5LN"}}
}

func council() organisation {
	return organisation{"9Z1", "Westmarch Council, Adult Social Care", "01632 960400",
		address{"County Hall", "Castle Street", "Kingsallow", "WM3 1PQ"}}
}
