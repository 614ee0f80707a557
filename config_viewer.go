package main

import (
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/viewer"
	"github.com/patchworkcare/patchwork/web"
)

// ViewerConfig is how the viewer looks in the region, and what it keeps for its users.
// docs/viewer.md.
type ViewerConfig struct {
	// Name is what the region calls its record; default Patchwork. ShortName stands in titles
	// of windows; default the name.
	Name      string `yaml:"name"`
	ShortName string `yaml:"short_name"`
	// Logo is a file: an SVG that only draws, or a PNG.
	Logo string `yaml:"logo"`
	// Colour is that of the header, "#005eb8" by default: white has to be read on it.
	Colour string `yaml:"colour"`
	// Support is whom to ask, shown where something goes wrong and before signing in; Help
	// the address of the region's own guide.
	Support SupportConfig `yaml:"support"`
	Help    string        `yaml:"help"`
	// RecentDays is for how many days it is kept whom a user opened, default 30; LookDays for
	// how many what they have seen (digests), default 90. 0 keeps none.
	RecentDays *int `yaml:"recent_days"`
	LookDays   *int `yaml:"look_days"`
	// Summary is how the summary is arranged for roles that the region wants otherwise.
	Summary []SummaryConfig `yaml:"summary"`

	logo web.Logo
}

// SupportConfig is whom to ask.
type SupportConfig struct {
	Text string `yaml:"text"`
	URL  string `yaml:"url"`
}

// SummaryConfig is how the summary is arranged for a role.
type SummaryConfig struct {
	Role        auth.Role `yaml:"role"`
	CareSetting string    `yaml:"care_setting"`
	// Sections are the first ones, in order; all others follow as usual. Folded are those of
	// which the heading only is shown, until it is opened; no others are.
	Sections []string `yaml:"sections"`
	Folded   []string `yaml:"folded"`
}

// brand is how the viewer looks.
func (c *ViewerConfig) brand() web.Brand {
	return web.Brand{
		Name: c.Name, ShortName: c.ShortName, Colour: c.Colour, Logo: c.logo,
		SupportText: c.Support.Text, SupportURL: c.Support.URL, Help: c.Help,
	}
}

// keeping is for how long what users keep is kept.
func (c *ViewerConfig) keeping() viewer.Keeping {
	days := func(n *int, usual time.Duration) time.Duration {
		if n == nil {
			return usual
		}
		return time.Duration(*n) * 24 * time.Hour
	}
	return viewer.Keeping{RecentFor: days(c.RecentDays, viewer.DefaultRecentFor), LooksFor: days(c.LookDays, viewer.DefaultLooksFor)}
}

// summaries are the region's arrangements.
func (c *ViewerConfig) summaries() viewer.Summaries {
	var out viewer.Summaries
	for _, s := range c.Summary {
		out = append(out, viewer.Summary{Role: s.Role, CareSetting: s.CareSetting, Sections: s.Sections, Folded: s.Folded})
	}
	return out
}
