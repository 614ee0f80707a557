package resolvers

import (
	"context"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/switches"
)

// sourceSwitches gives how every source was last switched.
func (r *Resolver) sourceSwitches(ctx context.Context) ([]*model.SourceSwitch, error) {
	states, err := r.Switches.States(ctx)
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.looked("", "source switches")
	out := make([]*model.SourceSwitch, len(r.Systems))
	for i, s := range r.Systems {
		out[i] = switchOf(states[s.Origin().ID], s.Origin().ID, s.Origin().Name)
	}
	return out, nil
}

// switchSource switches one and gives how it is switched then. One that is not of this
// region is refused: a slip of the finger would switch off nothing and look as if it had.
func (r *Resolver) switchSource(ctx context.Context, id string, off bool, reason string) (*model.SourceSwitch, error) {
	system := r.system(id)
	if system == nil {
		return nil, refuse(ctx, CodeBadInput, "`source` is not a system of this region")
	}
	if err := r.Switches.Switch(ctx, id, off, reason); err != nil {
		return nil, unwritten(ctx, err)
	}
	states, err := r.Switches.States(ctx)
	if err != nil {
		return nil, err
	}
	return switchOf(states[id], id, system.Origin().Name), nil
}

func switchOf(s switches.State, id, name string) *model.SourceSwitch {
	return &model.SourceSwitch{
		Source: id, Name: orNil(name), Off: s.Off, At: timeOrNil(s.At), By: orNil(s.Maker), Reason: orNil(s.Reason),
	}
}
