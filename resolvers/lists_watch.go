package resolvers

import (
	"context"

	"github.com/patchworkcare/patchwork/auth"
)

func (r *Resolver) watch(ctx context.Context, session *auth.Session) (<-chan string, error) { return nil, nil }

func (r *Resolver) followed(ctx context.Context, session *auth.Session, list string) (string, error) { return "", nil }
