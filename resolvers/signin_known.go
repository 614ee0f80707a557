package resolvers

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
)

// known is what sign-in knows of organisations, logins and roles, with how many accounts
// and open sessions each has.
type known struct {
	organisations map[string]*model.AccessOrganisation
	logins        map[string]*model.Login
	order         []string // of logins
	roles         map[string]*model.AccessRole
}

// known gathers it: from the systems, the configured logins and the accounts.
func (r *Resolver) known(ctx context.Context) (*known, error) {
	counts, err := r.Accounts.Count(ctx)
	if err != nil {
		return nil, err
	}
	k := &known{organisations: map[string]*model.AccessOrganisation{}, logins: map[string]*model.Login{}, roles: map[string]*model.AccessRole{}}
	for _, system := range r.Systems {
		o := system.Origin()
		if at := k.organisation(o.Organisation); at != nil {
			at.Systems = append(at.Systems, cmp.Or(o.Name, o.ID))
		}
	}
	for _, l := range r.allLogins() {
		k.login(l)
	}
	for ods, n := range counts.Organisations {
		if at := k.organisation(record.Organisation{ODS: ods, Name: counts.Names[ods]}); at != nil {
			at.Accounts = n
		}
	}
	for id, n := range counts.Logins {
		if k.logins[id] == nil { // gone from the configuration
			k.login(Login{ID: id})
		}
		k.logins[id].Accounts = n
	}
	for _, role := range auth.Roles() {
		k.roles[string(role)] = &model.AccessRole{Role: string(role), Words: roleWords(role), Accounts: counts.Roles[role]}
	}
	return k, nil
}

// organisation finds one, or takes it in; nil if it has no code, for then it cannot be
// told from others.
func (k *known) organisation(o record.Organisation) *model.AccessOrganisation {
	if o.ODS == "" {
		return nil
	}
	at := k.organisations[o.ODS]
	if at == nil {
		at = &model.AccessOrganisation{Ods: o.ODS, Systems: []string{}, Logins: []string{}}
		k.organisations[o.ODS] = at
	}
	if at.Name == nil {
		at.Name = orNil(o.Name)
	}
	return at
}

func (k *known) login(l Login) {
	out := &model.Login{
		ID: l.ID, Type: orNil(l.Type), Name: orNil(cmp.Or(l.Name, l.ID)), Organisations: []*record.Organisation{}, Domains: texts(l.Domains),
		LastSuccess: timeOrNil(l.LastSuccess), LastRefusal: timeOrNil(l.LastRefusal), LastCause: orNil(l.LastCause),
	}
	if l.Recheck > 0 {
		out.Recheck = ptr(int(l.Recheck.Seconds()))
	}
	for _, o := range l.Organisations {
		out.Organisations = append(out.Organisations, &o)
		if at := k.organisation(o); at != nil {
			at.Logins = append(at.Logins, *out.Name)
		}
	}
	k.logins[l.ID] = out
	k.order = append(k.order, l.ID)
}

// signInNow is known with what is open and what is off.
func (r *Resolver) signInNow(ctx context.Context) (*known, error) {
	k, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	offs, err := r.Accounts.Offs(ctx)
	if err != nil {
		return nil, err
	}
	for i := range offs {
		k.off(&offs[i])
	}
	return k, r.eachSession(ctx, k.open)
}

// open counts a session where it belongs.
func (k *known) open(s *auth.Session) {
	if at := k.organisations[s.Organisation.ODS]; at != nil {
		at.Sessions++
	}
	if at := k.logins[s.Login]; at != nil {
		at.Sessions++
	}
	if at := k.roles[string(s.Role)]; at != nil {
		at.Sessions++
	}
}

// off puts a switch where it belongs; what is known by nothing but its switch is taken in,
// so that it can be switched on again.
func (k *known) off(o *accounts.Off) {
	switch o.Kind {
	case accounts.Organisation:
		k.organisation(record.Organisation{ODS: o.What}).Off = offOf(o)
	case accounts.Login:
		if k.logins[o.What] == nil {
			k.login(Login{ID: o.What})
		}
		k.logins[o.What].Off = offOf(o)
	case accounts.Role:
		if at := k.roles[o.What]; at != nil {
			at.Off = offOf(o)
		}
	}
}

// name is what people call what is off; nil if nothing is known but its id.
func (k *known) name(o *accounts.Off) *string {
	switch o.Kind {
	case accounts.Organisation:
		if at := k.organisations[o.What]; at != nil {
			return at.Name
		}
	case accounts.Login:
		if at := k.logins[o.What]; at != nil {
			return at.Name
		}
	case accounts.Role:
		return ptr(roleWords(auth.Role(o.What)))
	}
	return nil
}

// switchedOff gives all that is off, by what people call it.
func (r *Resolver) switchedOff(ctx context.Context) ([]*model.SwitchedOff, error) {
	k, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	offs, err := r.Accounts.Offs(ctx)
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.looked("", "switched off")
	out := make([]*model.SwitchedOff, len(offs))
	for i := range offs {
		out[i] = offOf(&offs[i])
		out[i].Name = k.name(&offs[i])
		if offs[i].Kind == accounts.User {
			if err := r.nameUser(ctx, &offs[i], out[i]); err != nil {
				return nil, err
			}
		}
	}
	return out, r.nameClients(ctx, out)
}

// nameUser puts the account in the place of the user.
func (r *Resolver) nameUser(ctx context.Context, o *accounts.Off, out *model.SwitchedOff) error {
	issuer, subject := o.User()
	account, err := r.Accounts.Of(ctx, issuer, subject)
	if err != nil && !errors.Is(err, accounts.ErrNotFound) {
		return err
	}
	out.What, out.Name = orNil(account.ID), orNil(account.Name)
	return nil
}

func offOf(o *accounts.Off) *model.SwitchedOff {
	if o == nil {
		return nil
	}
	return &model.SwitchedOff{
		Kind: model.SwitchKind(enumOf(string(o.Kind))), What: orNil(o.What), At: timeOrNil(o.At), By: orNil(o.Maker), Reason: orNil(o.Reason),
	}
}

func kindOf(kind model.SwitchKind) accounts.Kind { return accounts.Kind(strings.ToLower(string(kind))) }

// roleWords is a role as people say it.
func roleWords(role auth.Role) string {
	if role == auth.RoleGP {
		return "GP"
	}
	words := strings.ReplaceAll(string(role), "-", " ")
	return strings.ToUpper(words[:min(1, len(words))]) + words[min(1, len(words)):]
}

func (r *Resolver) organisations(ctx context.Context) ([]*model.AccessOrganisation, error) {
	k, err := r.signInNow(ctx)
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.looked("", "organisations")
	return slices.SortedFunc(maps.Values(k.organisations), func(a, b *model.AccessOrganisation) int {
		return cmp.Or(strings.Compare(strings.ToLower(deref(a.Name)), strings.ToLower(deref(b.Name))), strings.Compare(a.Ods, b.Ods))
	}), nil
}

func (r *Resolver) logins(ctx context.Context) ([]*model.Login, error) {
	k, err := r.signInNow(ctx)
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.looked("", "logins")
	out := make([]*model.Login, len(k.order))
	for i, id := range k.order {
		out[i] = k.logins[id]
	}
	return out, nil
}

func (r *Resolver) roles(ctx context.Context) ([]*model.AccessRole, error) {
	k, err := r.signInNow(ctx)
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.looked("", "roles")
	var out []*model.AccessRole
	for _, role := range auth.Roles() {
		out = append(out, k.roles[string(role)])
	}
	return out, nil
}
