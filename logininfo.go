package main

import (
	"context"
	"fmt"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/signin"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
)

// loginInfo is the way in as administrators see it.
type loginInfo struct{ door *signin.Door }

// Logins lists the logins in the configuration's order.
func (l loginInfo) Logins() []resolvers.Login {
	var list []resolvers.Login
	for _, i := range l.door.Infos() {
		var organisations []record.Organisation
		for _, p := range i.Organisations {
			organisations = append(organisations, p.Organisation)
		}
		list = append(list, resolvers.Login{
			ID: i.ID, Type: i.Type, Name: i.Name, Organisations: organisations, Domains: i.Domains, Recheck: i.Recheck,
			LastSuccess: i.LastSuccess, LastRefusal: i.LastRefusal, LastCause: i.Cause,
		})
	}
	return list
}

// Test tries the connection of one, step by step.
func (l loginInfo) Test(ctx context.Context, id string) ([]auth.Step, error) {
	steps, ok := l.door.Test(ctx, id)
	if !ok {
		return nil, fmt.Errorf("there is no login %s", id)
	}
	return steps, nil
}
