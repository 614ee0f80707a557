package main

import (
	"context"
	"errors"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// selfTest tries what an EPR sends; the authorization server opens after the resolvers do.
func (s *server) selfTest(ctx context.Context, t smart.Trial) ([]smart.Check, error) {
	return s.smart.SelfTest(ctx, t)
}

// testLauncher tries the connection of an EPR that is a SMART server itself, as `patchwork
// launcher test` does.
func (s *server) testLauncher(ctx context.Context, id string) (steps []auth.Step, known bool, err error) {
	launcher, err := s.config.launcher(id)
	if err != nil {
		return nil, false, nil
	}
	epr, err := launcher.connector.Open(auth.Env{
		ID: launcher.ID, Name: launcher.Name, Base: launcher.base(s.config.publicURL()), Log: s.log.With("launcher", launcher.ID), Now: time.Now,
	})
	if err != nil {
		return nil, true, err
	}
	defer func() { err = errors.Join(err, epr.Close()) }()
	return epr.Test(ctx), true, nil
}
