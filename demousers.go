package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
)

// DemoUser is one login of the demo. Token is a bearer token for the API.
type DemoUser struct {
	Username     string    `json:"username"`
	Password     string    `json:"password"`
	Name         string    `json:"name"`
	Role         auth.Role `json:"role"`
	Organisation string    `json:"organisation"`
	Token        string    `json:"token"`

	system string
}

// demoUsers are people of several roles and organisations.
func demoUsers() []DemoUser {
	return []DemoUser{
		{Username: "gp", Name: "Dr Amara Okafor", Role: auth.RoleGP, system: "gp"},
		{Username: "practice-nurse", Name: "Rhys Evans", Role: auth.RolePracticeNurse, system: "gp"},
		{Username: "receptionist", Name: "Jo Whitfield", Role: auth.RoleReceptionist, system: "gp"},
		{Username: "hospital-doctor", Name: "Dr Leila Haddad", Role: auth.RoleHospitalDoctor, system: "hospital"},
		{Username: "hospital-nurse", Name: "Grace Mensah", Role: auth.RoleHospitalNurse, system: "hospital"},
		{Username: "pharmacist", Name: "Kit Sandhu", Role: auth.RolePharmacist, system: "hospital"},
		{Username: "mental-health", Name: "Dr Tom Fletcher", Role: auth.RoleMentalHealthClinician, system: "mental-health"},
		{Username: "social-worker", Name: "Priya Nair", Role: auth.RoleSocialWorker, system: "social-care"},
		{Username: "paramedic", Name: "Sam Achterberg", Role: auth.RoleParamedic},
		{Username: "care-home-nurse", Name: "Bronwen Pugh", Role: auth.RoleCareHomeNurse},
		{Username: "privacy-officer", Name: "Ingrid Solano", Role: auth.RolePrivacyOfficer, system: "gp"},
		{Username: "hospital-privacy", Name: "Dev Marchetti", Role: auth.RolePrivacyOfficer, system: "hospital"},
		{Username: "administrator", Name: "Ola Fashanu", Role: auth.RoleAdministrator, system: "hospital"},
		{Username: "second-administrator", Name: "Petra Lindqvist", Role: auth.RoleAdministrator, system: "gp"}, // who approves what the first proposes
		{Username: "data-quality", Name: "Moira Ledgerwood", Role: auth.RoleDataQuality, system: "hospital"},
		{Username: "analyst", Name: "Morgan Lee", Role: auth.RoleAnalyst, system: "hospital"},
	}
}

// demoElsewhere are the organisations of users who work for none that runs a system.
var demoElsewhere = map[string]record.Origin{
	"paramedic":       {Organisation: record.Organisation{ODS: "YZ950", Name: "Westmarch Ambulance Service"}, CareSetting: "ambulance"},
	"care-home-nurse": {Organisation: record.Organisation{ODS: "YZ951", Name: "Meadowbank Care Home"}, CareSetting: "care-home"},
}

// loginsFile keeps the passwords of a demo whose state is kept: they are random, made
// once, and the database only has their hashes.
const loginsFile = "demo-logins.json"

// seedUsers makes the accounts, or finds those of an earlier start, and gives each a
// fresh token.
func (s *server) seedUsers(ctx context.Context, region *demo.Region, dir string) ([]DemoUser, error) {
	users, kept := demoUsers(), map[string]string{}
	if text, err := os.ReadFile(filepath.Join(dir, loginsFile)); err == nil {
		if err := json.Unmarshal(text, &kept); err != nil {
			return nil, fmt.Errorf("%s cannot be read: %w", loginsFile, err)
		}
	}
	errs := make([]error, len(users))
	var all sync.WaitGroup
	for i := range users {
		u := &users[i]
		if u.Password = kept[u.Username]; u.Password == "" {
			u.Password = strings.ToLower(rand.Text()[:16])
		}
		all.Go(func() { errs[i] = s.seedUser(ctx, region, u) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for _, u := range users {
		kept[u.Username] = u.Password
	}
	return users, writeWhole(filepath.Join(dir, loginsFile), kept)
}

func (s *server) seedUser(ctx context.Context, region *demo.Region, u *DemoUser) error {
	account := local.User{Username: u.Username, Name: u.Name, Role: u.Role}
	if o, ok := demoElsewhere[u.Username]; ok { // whose organisation runs none of the systems
		account.Organisation, account.CareSetting, u.Organisation = o.Organisation, o.CareSetting, o.Organisation.ODS
	}
	if system := region.System(u.system); system != nil {
		account.Organisation = record.Organisation{ODS: system.Organisation, Name: system.Name}
		account.CareSetting = system.CareSetting
		u.Organisation = system.Organisation
	}
	if err := s.users.Add(ctx, account, u.Password); err != nil && !errors.Is(err, local.ErrExists) {
		return err
	}
	var err error
	u.Token, err = s.sessions.Start(ctx, auth.Session{
		Issuer: local.Issuer, Subject: local.Subject(u.Username), Name: u.Name, Organisation: account.Organisation,
		Role: u.Role, CareSetting: account.CareSetting,
	})
	return err
}
