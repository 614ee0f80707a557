package policy

import (
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// elsewhere is an organisation, care setting or system that no policy names: values
// with such a character are refused.
const elsewhere = "\x00"

// locksOut says whether an administrator whom no policy names could not change policies
// at some time; then the set must not take effect. It does not know who administrators
// are, so that it asks for all: of any organisation and care setting, or none, for the
// purpose they work for, on every day and at every hour.
func (e *Edition) locksOut() error {
	days := []int8{-1}
	if e.uses[keyWeekday] {
		days = []int8{0, 1, 2, 3, 4, 5, 6}
	}
	minutes := []int16{-1}
	if e.uses[keyTime] {
		minutes = momentsOf(e.set)
	}
	f := facts{role: auth.RoleAdministrator, purpose: auth.RoleAdministrator.Purpose()}
	for _, f.organisation = range []string{"", elsewhere} {
		for _, f.careSetting = range []string{"", elsewhere} {
			for _, f.weekday = range days {
				for _, f.minute = range minutes {
					if !e.allows(question{f, Administer, "policy:administer"}) {
						return errLockOut
					}
				}
			}
		}
	}
	return nil
}

var errLockOut = &RefusedError{[]string{"this would lock administrators out: some allow must let the role administrator administer policy:administer for HOPERAT, at any organisation, care setting and time, and no deny may take that away"}}

// momentsOf are the minutes of the day at which some window of the sets begins or ends,
// with midnight, sorted: between two of them nothing changes.
func momentsOf(sets ...*Set) []int16 {
	moments := []int16{0}
	for _, s := range sets {
		for _, p := range s.Policies {
			for _, window := range slices.Concat(p.When[keyTime].In, p.When[keyTime].Not) {
				from, to, _ := windowOf(window)
				for _, at := range []time.Duration{from, to} {
					moments = append(moments, int16(at/time.Minute%(24*60))) //nolint:gosec // below 1440
				}
			}
		}
	}
	slices.Sort(moments)
	return slices.Compact(moments)
}
