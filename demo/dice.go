package demo

import (
	"hash/fnv"
	"math/rand/v2"
	"time"
)

// dice are the chances of one person's life: the same seed and person, the
// same life, whatever happens to others.
type dice struct {
	rng   *rand.Rand
	today time.Time // midnight UTC
}

func newDice(seed uint64, of string, today time.Time) *dice {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(of))
	return &dice{rand.New(rand.NewPCG(seed, hash.Sum64())), today}
}

// n is a number from 0 to below k.
func (d *dice) n(k int) int { return d.rng.IntN(k) }

// between is a number from low to high, both included.
func (d *dice) between(low, high int) int { return low + d.rng.IntN(high-low+1) }

func (d *dice) chance(p float64) bool { return d.rng.Float64() < p }

// around is a value near mean, with spread as the usual distance from it.
func (d *dice) around(mean, spread float64) float64 { return mean + d.rng.NormFloat64()*spread }

// ago is a moment in working hours, so many days before today.
func (d *dice) ago(low, high int) time.Time {
	return d.at(d.today.AddDate(0, 0, -d.between(low, high)))
}

// ahead is a moment in working hours, so many days after today.
func (d *dice) ahead(low, high int) time.Time {
	return d.at(d.today.AddDate(0, 0, d.between(low, high)))
}

// at is some working hour of a day.
func (d *dice) at(day time.Time) time.Time {
	return day.Truncate(24 * time.Hour).Add(time.Duration(8*60+5*d.n(110)) * time.Minute)
}

func pick[T any](d *dice, from []T) T { return from[d.n(len(from))] }

// london is the instant on the clocks of the United Kingdom. The rule is
// written out (summer time from 01:00 UTC of the last Sunday of March to that
// of October) because a machine may have no time zone database.
func london(t time.Time) time.Time {
	t = t.UTC()
	lastSunday := func(m time.Month) time.Time {
		end := time.Date(t.Year(), m, 31, 1, 0, 0, 0, time.UTC)
		return end.AddDate(0, 0, -int(end.Weekday()))
	}
	if t.Before(lastSunday(time.March)) || !t.Before(lastSunday(time.October)) {
		return t.In(time.FixedZone("GMT", 0))
	}
	return t.In(time.FixedZone("BST", 3600))
}
