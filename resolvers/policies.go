package resolvers

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
)

// policies gives the policies in force, or those of an earlier version.
func (r *Resolver) policies(ctx context.Context, version *int) (*model.PolicySet, error) {
	var n int64
	if version != nil {
		if n = int64(*version); n < 1 {
			return nil, refuse(ctx, CodeBadInput, "`version` counts from 1")
		}
	}
	v, set, err := r.Policies.At(ctx, n)
	if err != nil {
		return nil, policyRefusal(ctx, err)
	}
	requestFrom(ctx).trail.looked("", "policies")
	out := &model.PolicySet{Version: int(v.Version), At: timeOrNil(v.Time()), By: maker(v), Reason: orNil(v.Reason), Policies: []*model.Policy{}}
	for i := range set.Policies {
		p, err := policyOf(&set.Policies[i])
		if err != nil {
			return nil, err
		}
		out.Policies = append(out.Policies, p)
	}
	return out, nil
}

func (r *Resolver) policyVersions(ctx context.Context, first, after *int) ([]*model.PolicyVersion, error) {
	if *first < 1 || *first > mostLines {
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 1 to 100")
	}
	if after != nil && *after < 1 {
		return nil, refuse(ctx, CodeBadInput, "`after` is a version to go on after")
	}
	versions, err := r.Policies.Versions(ctx, int64(*first), int64(deref(after)))
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.looked("", "policy versions")
	out := make([]*model.PolicyVersion, len(versions))
	for i := range versions {
		v := &versions[i]
		out[i] = &model.PolicyVersion{Version: int(v.Version), At: timeOrNil(v.Time()), By: maker(v), Reason: orNil(v.Reason)}
	}
	return out, nil
}

func maker(v *policy.Version) *string {
	if v.Name == "" {
		return ptr("Patchwork")
	}
	return &v.Name
}

func policyOf(p *policy.Policy) (*model.Policy, error) {
	document, err := p.Ladon()
	if err != nil {
		return nil, err
	}
	out := &model.Policy{
		ID: p.ID, Description: orNil(p.Description), Effect: p.Effect, Mode: orNil(p.Mode), Roles: texts(p.Roles),
		Organisations: texts(p.Organisations), Actions: texts(p.Actions), Resources: texts(p.Resources), When: []*model.Condition{}, Ladon: document,
	}
	if p.Effect == policy.Deny && p.Mode == "" {
		out.Mode = ptr(policy.Disclose)
	}
	for _, key := range policy.Keys() {
		if v, ok := p.When[key]; ok {
			out.When = append(out.When, &model.Condition{Key: key, In: texts(v.In), NotIn: texts(v.Not)})
		}
	}
	return out, nil
}

// texts is a list that is never null.
func texts(list []string) []string { return append([]string{}, list...) }

func (r *Resolver) putPolicy(ctx context.Context, in *model.PolicyInput, version int, reason string) (*model.PolicySet, error) {
	p := policy.Policy{
		ID: in.ID, Description: strings.TrimSpace(in.Description), Effect: in.Effect, Mode: deref(in.Mode.Value()), Roles: in.Roles,
		Organisations: in.Organisations.Value(), Actions: in.Actions, Resources: in.Resources,
	}
	if p.Mode == policy.Disclose {
		p.Mode = "" // the default is not written down
	}
	for _, c := range in.When.Value() {
		if p.When == nil {
			p.When = map[string]policy.Values{}
		}
		if _, twice := p.When[c.Key]; twice {
			return nil, refuse(ctx, CodePolicyRefused, "there are two conditions on "+c.Key+": write one")
		}
		p.When[c.Key] = policy.Values{In: slices.Clone(c.In.Value()), Not: slices.Clone(c.NotIn.Value())}
	}
	return r.changed(ctx, r.Policies.Put(ctx, requestFrom(ctx).session, int64(version), p, reason))
}

func (r *Resolver) removePolicy(ctx context.Context, id string, version int, reason string) (*model.PolicySet, error) {
	return r.changed(ctx, r.Policies.Remove(ctx, requestFrom(ctx).session, int64(version), id, reason))
}

func (r *Resolver) restorePolicies(ctx context.Context, from, version int, reason string) (*model.PolicySet, error) {
	return r.changed(ctx, r.Policies.Restore(ctx, requestFrom(ctx).session, int64(version), int64(from), reason))
}

func (r *Resolver) changed(ctx context.Context, err error) (*model.PolicySet, error) {
	if err != nil {
		return nil, policyRefusal(ctx, err)
	}
	return r.policies(ctx, nil)
}

func policyRefusal(ctx context.Context, err error) error {
	var refused *policy.RefusedError
	switch {
	case errors.As(err, &refused):
		return refuse(ctx, CodePolicyRefused, refused.Error())
	case errors.Is(err, policy.ErrChanged):
		return refuse(ctx, CodePolicyChanged, "Somebody changed the policies meanwhile. Look at the newest version and try again")
	case errors.Is(err, policy.ErrNoVersion):
		return refuse(ctx, CodeBadInput, "There is no such version of the policies")
	}
	return unwritten(ctx, err)
}
