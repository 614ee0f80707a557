package ldap

import (
	"context"
	"errors"

	"github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// Recheck asks whether the person still stands under the base, still matches the filter
// but for their name, which may change, and is not disabled; see auth.Rechecker.
func (p *provider) Recheck(ctx context.Context, subject string, kept []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	leave, err := p.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if err := p.welcome(ctx, subject); errors.Is(err, auth.ErrGone) {
		return nil, err
	} else if err != nil {
		return nil, p.failed(ctx, err)
	}
	return kept, nil
}

func (p *provider) welcome(ctx context.Context, subject string) error {
	filter, ok := p.subjectFilter(subject)
	if !ok {
		return auth.ErrGone
	}
	found, tooMany, err := p.search(ctx, p.config.BaseDN, ldap.ScopeWholeSubtree, 2, "(&"+filter+p.filter.class()+")", []string{"1.1"})
	switch {
	case err != nil:
		return err
	case tooMany || len(found) > 1:
		return auth.Refuse(auth.RefusedInvalid, "several people have the same subject")
	case len(found) == 0:
		return auth.ErrGone
	}
	off, err := p.disabled(ctx, found[0].DN)
	if off {
		return auth.ErrGone
	}
	return err
}
