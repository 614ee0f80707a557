package smart

import (
	"context"
	"errors"
	"regexp"
)

// odsForm is that of the Organisation Data Service's codes.
var odsForm = regexp.MustCompile(`^[A-Z0-9]{3,10}$`)

// settingForm is that of care settings.
var settingForm = regexp.MustCompile(`^[a-z]+(-[a-z]+){0,5}$`)

// Known refuses, with an *InputError, a registration that speaks of an app that is not
// registered or cannot be launched, or of an organisation that cannot be one: a slip of the
// finger would look as if it had been given. What the logins are, the registry does not
// know; that is the caller's to check.
func (c *Clients) Known(ctx context.Context, client *Client) error {
	if p := client.Position; p != nil {
		switch {
		case !odsForm.MatchString(p.Organisation.ODS):
			return &InputError{"position", "The organisation that it acts for is an ODS code: 3 to 10 capital letters and digits"}
		case p.CareSetting != "" && !settingForm.MatchString(p.CareSetting):
			return &InputError{"position", "The care setting is lower-case words with hyphens, such as gp, acute or mental-health"}
		}
	}
	if client.Launching == nil {
		return nil
	}
	if l := client.Launching; len(l.Apps) > 0 && len(l.Logins) == 0 {
		return &InputError{"logins", "Name the logins by whose accounts it names its users: without one it can name nobody"}
	}
	for _, ods := range client.Launching.Organisations {
		if !odsForm.MatchString(ods) {
			return &InputError{"organisations", "Each organisation is an ODS code: 3 to 10 capital letters and digits"}
		}
	}
	for _, id := range client.Launching.Apps {
		app, err := c.Find(ctx, id)
		switch {
		case errors.Is(err, ErrNoClient):
			return &InputError{"apps", "One of the apps that it may open is not registered: register the app first"}
		case err != nil:
			return err
		case app.LaunchURL == "":
			return &InputError{"apps", "One of the apps that it may open has no launch URL, so that it cannot be opened"}
		}
	}
	return nil
}
