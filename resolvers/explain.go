package resolvers

import (
	"context"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
)

// explain says why something of a person is shown to the caller or not.
func (r *Resolver) explain(ctx context.Context, id, resource, source, label string) (*model.Explanation, error) {
	p, err := r.person(ctx, id)
	if err != nil {
		return nil, err
	}
	q := requestFrom(ctx)
	var origin *record.Origin
	if source != "" {
		sys := r.system(source)
		if sys == nil {
			return nil, refuse(ctx, CodeBadInput, "`source` is not a system of this region")
		}
		origin = sys.Origin()
	}
	section, field, _ := strings.Cut(strings.TrimPrefix(strings.ReplaceAll(resource, ":", "."), "record."), ".")
	class := "record:" + section
	x, err := q.policy.Explain(q.session, q.standing(p).about, policy.Read, class, field, origin, label)
	if err != nil {
		return nil, refuse(ctx, CodeBadInput, err.Error())
	}
	q.trail.told(audit.ActionRead, p.ID, "explanation of "+x.Resource)
	out := &model.Explanation{Shown: x.Shown, Resource: x.Resource, PolicyVersion: x.Version}
	out.Sentence, out.Remedy = words(x, field, label)
	if q.may(policy.Audit, "ledger:audit", nil).Allowed() || q.may(policy.Administer, "policy:administer", nil).Allowed() {
		detail(out, x)
	}
	return out, nil
}

// words says it plainly. Of what is concealed nothing is said that could not be said of
// what does not exist.
func words(x *policy.Explanation, field, label string) (sentence string, remedy *string) {
	switch {
	case x.Shown && x.Partly:
		return policy.PartlyWords + ".", nil
	case x.Shown:
		return "It is shown to you.", nil
	case x.Concealed:
		return "It is not available here.", nil
	case x.Why == policy.ReasonScope:
		return x.Why.Words() + ".", ptr("Open the person in Patchwork itself.")
	case label != "" && label != "none":
		sentence = "What is marked " + strings.ReplaceAll(label, "-", " ") + " is not for your role."
	case field != "" && x.Why == policy.ReasonPolicy:
		sentence = "Your role does not include this detail."
	default:
		sentence = x.Why.Words() + "."
	}
	switch x.Why {
	case policy.ReasonRelationship:
		remedy = ptr("State why you are looking after this person; in an emergency, break the glass.")
	case policy.ReasonBreakGlass:
		remedy = ptr("In an emergency, break the glass. It is recorded and reviewed.")
	case policy.ReasonPolicy:
		remedy = ptr("If your work needs it, ask a colleague whose role includes it, or the privacy officer of your organisation.")
	case policy.ReasonObjection:
		remedy = ptr("Ask the person. An objection can be withdrawn where it was recorded.")
	}
	return sentence, remedy
}

// detail adds what an information-governance lead needs.
func detail(out *model.Explanation, x *policy.Explanation) {
	out.Policies, out.Attributes = []*model.PolicyVerdict{}, []*model.Attribute{}
	for _, v := range x.Policies {
		out.Policies = append(out.Policies, &model.PolicyVerdict{
			ID: v.Policy.ID, Description: orNil(v.Policy.Description), Effect: v.Policy.Effect,
			Applies: v.Applies, Unmet: append([]string{}, v.Unmet...),
		})
	}
	for _, key := range policy.Keys() {
		out.Attributes = append(out.Attributes, &model.Attribute{Key: key, Values: slices.Clone(x.Attributes[key])})
	}
}
