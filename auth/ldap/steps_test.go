package ldap_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth/ldap"
)

// TestSteps: how far each mistake gets, and what is said to do about it.
func TestSteps(t *testing.T) {
	t.Parallel()
	d := slapd(t)
	for name, c := range map[string]struct {
		change func(c *ldap.Config)
		steps  int
		detail string // of the last; "" if all is well
	}{
		"well":              {func(*ldap.Config) {}, 8, ""},
		"well by StartTLS":  {func(c *ldap.Config) { c.URL, c.StartTLS = "ldap://"+d.plain, true }, 8, ""},
		"well in the clear": {func(c *ldap.Config) { c.URL, c.InsecureLoopback = "ldap://"+d.plain, true }, 8, ""},
		"no host":           {func(c *ldap.Config) { c.URL = "ldaps://nowhere.invalid" }, 1, "no address"},
		"nothing there":     {func(c *ldap.Config) { c.URL = "ldaps://" + freeAddress() }, 2, "nothing answers"},
		"wrong CA":          {func(c *ldap.Config) { c.CAFile = d.otherCA }, 3, "ca_file"},
		"wrong password":    {func(c *ldap.Config) { c.BindPassword = "wrong" }, 4, "bind_dn"},
		"wrong base":        {func(c *ldap.Config) { c.BaseDN = "ou=nowhere," + suffix }, 5, "there is no ou=nowhere"},
		"any name":          {func(c *ldap.Config) { c.UserFilter = "(|(objectClass=person)(uid={username}))" }, 6, "by any name"},
		"nobody":            {func(c *ldap.Config) { c.UserFilter = "(&(objectClass=device)(uid={username}))" }, 7, "nobody"},
		"wrong subject":     {func(c *ldap.Config) { c.SubjectAttribute = "objectGUID" }, 7, "subject_attribute"},
		"wrong groups":      {func(c *ldap.Config) { c.Groups.BaseDN = "ou=nowhere," + suffix }, 8, "there is no ou=nowhere"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := d.config()
			config.Groups.BaseDN = "ou=groups," + suffix
			c.change(&config)
			steps := open(t, config, nil).Test(t.Context())
			last := steps[len(steps)-1]
			if len(steps) != c.steps || last.OK != (c.detail == "") || !strings.Contains(last.Detail, c.detail) {
				t.Errorf("%d steps, %+v", len(steps), last)
			}
			for i, s := range steps {
				if i < len(steps)-1 && !s.OK || s.Name == "" || s.Detail == "" || strings.Contains(fmt.Sprint(s), servicePwd) {
					t.Errorf("%+v", s)
				}
			}
			if c.detail == "" && strings.Contains(config.URL, "ldaps") && !strings.Contains(steps[2].Detail, "renew it") {
				t.Errorf("%+v", steps[2])
			}
		})
	}
}
