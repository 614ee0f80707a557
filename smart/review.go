package smart

import (
	"context"
	"errors"
	"fmt"
	"strconv"
)

// Refusals, each one plain sentence for the administrator.
var (
	// ErrOwn: four eyes.
	ErrOwn = errors.New("you proposed this client as it stands now: another administrator must approve it")
	// ErrChanged: what was reviewed is not what stands there now.
	ErrChanged = errors.New("somebody changed this client meanwhile: look at it again")
	// ErrBuiltIn: it follows the configuration.
	ErrBuiltIn = errors.New("this client is part of Patchwork and follows its configuration: it cannot be changed")
)

// BuiltIn reports whether it is this server's own (Clients.Built).
func (c *Client) BuiltIn() bool { return c.proposer == "" && c.ProposedBy == builtBy }

// Edition names what there is to review: with other keys it is another one.
func (c *Client) Edition() string { return strconv.FormatInt(c.Proposed.UnixMicro(), 36) }

// ProposedByCaller reports whether the user of the context proposed it as it stands now.
func (c *Client) ProposedByCaller(ctx context.Context) bool {
	return c.proposer != "" && c.proposer == userOf(ctx)
}

// Countersign approves what somebody else proposed: two people answer for every client, so
// that nobody gives access to themselves. The edition is that of the client that was
// reviewed. ErrOwn, ErrChanged, ErrBuiltIn or ErrNoClient; one that is approved already
// stays as it is.
func (c *Clients) Countersign(ctx context.Context, id, edition string) error {
	client, err := c.changeable(ctx, id)
	switch {
	case err != nil:
		return err
	case client.Edition() != edition:
		return ErrChanged
	case client.ProposedByCaller(ctx) && client.Approved.IsZero():
		return ErrOwn
	}
	return c.approve(ctx, client)
}

// approve is for one that was read before; if it has changed since, ErrChanged.
func (c *Clients) approve(ctx context.Context, client *Client) error {
	by, err := maker(ctx)
	if err != nil || !client.Approved.IsZero() {
		return err
	}
	if err := c.ledger.Record(ctx, clientEvent(ctx, client.ID, "approve a client")); err != nil {
		return err
	}
	done, err := c.write.NewUpdate().Model((*clientRow)(nil)).Set("approved = ?", c.now().UnixMicro()).Set("approved_by = ?", by).
		Where("id = ? AND approved = 0 AND proposed = ?", client.ID, client.Proposed.UnixMicro()).Exec(ctx)
	if err != nil {
		return fmt.Errorf("approving a client: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, c.changedMeanwhile(ctx, client))
	}
	return nil
}

// changedMeanwhile tells two administrators who approve the same at the same moment from
// one who approves what has become another.
func (c *Clients) changedMeanwhile(ctx context.Context, was *Client) error {
	now, err := c.Find(ctx, was.ID)
	if err != nil || now.Edition() == was.Edition() && !now.Approved.IsZero() {
		return err
	}
	return ErrChanged
}

// changeable finds one that may be changed by the caller.
func (c *Clients) changeable(ctx context.Context, id string) (*Client, error) {
	if _, err := maker(ctx); err != nil {
		return nil, err
	}
	client, err := c.Find(ctx, id)
	if err == nil && client.BuiltIn() {
		err = ErrBuiltIn
	}
	return client, err
}
