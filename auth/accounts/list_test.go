package accounts_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
)

func userOf(username, name string, role auth.Role, ods string) local.User {
	return local.User{Username: username, Name: name, Role: role, Organisation: record.Organisation{ODS: ods, Name: "The " + ods}, CareSetting: "acute"}
}

// people fills the house with those whom TestFilters looks for.
func (h *house) people() context.Context {
	h.t.Helper()
	ctx, _ := h.administrator("a", "RAA", "office") // "Ada a"
	with := func(subject, name string, identifiers map[string]string, positions ...auth.Position) {
		who := doctor(subject, name)
		who.Identifiers, who.Positions = identifiers, positions
		h.in("riverside", who)
	}
	ward, shop := position(auth.RoleHospitalDoctor, "RRV01"), position(auth.RolePharmacist, "RRV02")
	with("s-100%", "bob 50%_sure", map[string]string{"gmc": "7000001"}, ward)
	with("s2", `Cy "role":"gp","ods":"RRV09"`, map[string]string{"email": `c\y<z>@x.example`, "gphc": "2000002"}, shop, ward)
	with("s3", "RENÉE D'Arc", nil, shop, position(auth.RoleGP, "RRV01"))
	if err := h.users.Add(ctx, userOf("zoe.local", "Zoë", auth.RoleGP, "YZ901"), "correct horse"); err != nil {
		h.t.Fatal(err)
	}
	if err := h.users.SetDisabled(ctx, "zoe.local", true); err != nil {
		h.t.Fatal(err)
	}
	return ctx
}

func (h *house) names(f accounts.Filter) []string {
	h.t.Helper()
	page, more, err := h.List(context.Background(), f)
	if err != nil || more {
		h.t.Fatalf("%+v: %v %v", f, more, err)
	}
	names := []string{}
	for _, a := range page {
		first, _, _ := strings.Cut(a.Name, " ")
		names = append(names, first)
	}
	return names
}

func TestFilters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		ctx := h.people()
		h.off(ctx, accounts.User, h.in("riverside", doctor("s4", "Max")).ID)
		for _, c := range []struct {
			f    accounts.Filter
			want []string
		}{
			{accounts.Filter{}, []string{"Ada", "bob", "Cy", "Max", "RENÉE", "Zoë"}},
			{accounts.Filter{Search: "BOB"}, []string{"bob"}},
			{accounts.Filter{Search: "%"}, []string{"bob"}},
			{accounts.Filter{Search: "_"}, []string{"bob"}},
			{accounts.Filter{Search: `\`}, []string{}},
			{accounts.Filter{Search: "50%_S"}, []string{"bob"}},
			{accounts.Filter{Search: "50%%s"}, []string{}},
			{accounts.Filter{Search: "renée d'arc"}, []string{"RENÉE"}},
			{accounts.Filter{Search: "zoË"}, []string{"Zoë"}},
			{accounts.Filter{Search: "ZOE.l"}, []string{"Zoë"}},
			{accounts.Filter{Search: "2000002"}, []string{"Cy"}},
			{accounts.Filter{Search: "70000"}, []string{"bob", "Max"}},
			{accounts.Filter{Search: "000001"}, []string{}}, // of an identifier only the beginning
			{accounts.Filter{Search: `C\Y<Z>@`}, []string{"Cy"}},
			{accounts.Filter{Search: "gmc"}, []string{}}, // the kind of an identifier is none
			{accounts.Filter{Search: `","`}, []string{"Cy"}},
			{accounts.Filter{Search: "S-100%"}, []string{"bob"}},
			{accounts.Filter{Search: "' OR 1=1 --"}, []string{}},
			{accounts.Filter{Search: "$1"}, []string{}},
			{accounts.Filter{Search: "?"}, []string{}},
			{accounts.Filter{Organisation: "RRV01"}, []string{"bob", "Cy", "Max", "RENÉE"}},
			{accounts.Filter{Organisation: "rrv01"}, []string{}},
			{accounts.Filter{Organisation: "RRV0"}, []string{}},
			{accounts.Filter{Organisation: "RRV09"}, []string{}},
			{accounts.Filter{Organisation: "YZ901"}, []string{"Zoë"}},
			{accounts.Filter{Organisation: "%"}, []string{}},
			{accounts.Filter{Role: auth.RoleGP}, []string{"RENÉE", "Zoë"}},
			{accounts.Filter{Role: auth.RolePharmacist}, []string{"Cy", "RENÉE"}},
			{accounts.Filter{Role: auth.RolePharmacist, Organisation: "RRV01"}, []string{}}, // both, but not together
			{accounts.Filter{Role: auth.RoleGP, Organisation: "RRV01"}, []string{"RENÉE"}},
			{accounts.Filter{Role: auth.RoleGP, Organisation: "YZ901", Search: "z"}, []string{"Zoë"}},
			{accounts.Filter{Login: "local"}, []string{"Zoë"}},
			{accounts.Filter{Login: "office"}, []string{"Ada"}},
			{accounts.Filter{Off: true}, []string{"Max", "Zoë"}},
			{accounts.Filter{Off: true, Login: "riverside"}, []string{"Max"}},
		} {
			if got := h.names(c.f); !slices.Equal(got, c.want) {
				t.Errorf("%+v: %q, want %q", c.f, got, c.want)
			}
		}
		for _, f := range []accounts.Filter{
			{First: -1}, {First: 101}, {Search: "a\x00"}, {Search: "\xff"}, {Search: strings.Repeat("a", 201)}, {Organisation: "\x00"}, {Login: "\x00"},
			{Role: "nobody"}, {After: "nobody"}, {After: "\x00"}, {After: "' OR '1'='1"},
		} {
			if page, _, err := h.List(context.Background(), f); !isBad(err) || page != nil {
				t.Errorf("%+v: %v", f, err)
			}
		}
	})
}

func TestPagesGiveEachOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		h.people()
		for i := range 30 { // several of one name in several spellings
			h.in("riverside", doctor(fmt.Sprint("p", i), []string{"Sam", "SAM", "sam", "Émile"}[i%4]))
		}
		seen := map[string]bool{}
		f, more := accounts.Filter{First: 7}, true
		for pages := 0; more && pages < 20; pages++ {
			var page []accounts.Account
			var err error
			if page, more, err = h.List(context.Background(), f); err != nil || len(page) == 0 || len(page) > 7 {
				t.Fatalf("%d %v", len(page), err)
			}
			for _, a := range page {
				if seen[a.ID] {
					t.Errorf("%s twice", a.Name)
				}
				seen[a.ID] = true
			}
			f.After = page[len(page)-1].ID
		}
		if len(seen) != 35 || more {
			t.Errorf("%d of 35", len(seen))
		}
	})
}

func TestCounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		ctx := h.people()
		h.in("riverside", doctor("s4", "Max"))
		got, err := h.Count(ctx)
		want := accounts.Counts{
			Organisations: map[string]int{"RAA": 1, "RRV01": 4, "RRV02": 2, "YZ901": 1},
			Names:         map[string]string{"RAA": "The RAA", "RRV01": "The RRV01", "RRV02": "The RRV02", "YZ901": "The YZ901"},
			Roles:         map[auth.Role]int{auth.RoleAdministrator: 1, auth.RoleHospitalDoctor: 3, auth.RolePharmacist: 2, auth.RoleGP: 2},
			Logins:        map[string]int{"office": 1, "riverside": 4, "local": 1},
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v %v", got, err)
		}
	})
}
