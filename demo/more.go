package demo

import "net/http"

// another is a system that is there if it is asked for.
type another struct {
	control *control
	refused map[string]string // faults that make no sense there, and why
	start   func(controls, elsewhere string) error
}

// more are the systems that the options ask for besides the usual ones.
func (r *Region) more(o Options, c *content) (all []another) {
	add := func(asked bool, id string, refused map[string]string, start func(x *control, controls, elsewhere string) error) {
		if !asked {
			return
		}
		x := &control{system: id, trap: http.NotFoundHandler()}
		all = append(all, another{x, refused, func(controls, elsewhere string) error { return start(x, controls, elsewhere) }})
	}
	add(o.GPConnect, outOfHoursID, refusedByGPConnect(), func(x *control, controls, elsewhere string) error {
		return r.startGPConnect(o, c.outOfHours, x, controls, elsewhere)
	})
	add(o.Feed, feedID, refusedByFeed(), func(x *control, controls, _ string) error { return r.startFeed(o, c.fed, x, controls) })
	add(o.Archive, archiveID, refusedByXDS(), func(x *control, controls, elsewhere string) error {
		return r.startArchive(c.archived, x, controls, elsewhere)
	})
	add(o.HomeCare, homeCareID, nil, func(x *control, controls, elsewhere string) error {
		return r.startHomeCare(o, c, x, controls, elsewhere)
	})
	add(o.OpenEHR, communityID, refusedByOpenEHR(), func(x *control, controls, elsewhere string) error {
		return r.startOpenEHR(o, c, x, controls, elsewhere)
	})
	return all
}
