package main

import (
	"fmt"
	"log/slog"
	"text/tabwriter"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

type feedCommand struct {
	DeadLetters deadLettersCommand `cmd:"" name:"dead-letters" help:"List the messages that could not be used, and why, without what is in them."`
	Replay      replayCommand      `cmd:"" help:"Try messages that could not be used once more, for example after the configuration was mended."`
}

type deadLettersCommand struct {
	Source string `arg:"" help:"The feed's id in the configuration."`
	Config string `required:"" placeholder:"FILE" help:"The configuration."`
}

// Run lists them. The server may be running.
func (c *deadLettersCommand) Run(t *terminal) error {
	keeper, env, err := feedOf(t, c.Config, c.Source)
	if err != nil {
		return err
	}
	n := 0
	table := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	err = keeper.DeadLetters(t.ctx, env, func(d sources.DeadLetter) error {
		if n++; n == 1 {
			fmt.Fprintln(table, "ID\tLAST CAME\tTIMES\tSENDER\tCONTROL ID\tTYPE\tWHY")
		}
		_, err := fmt.Fprintf(table, "%d\t%s\t%d\t%s\t%s\t%s\t%s (%s)\n", d.ID, d.Last.In(env.Zone).Format("2006-01-02 15:04:05"), d.Times,
			printable(d.Sender), printable(d.Control), printable(d.Kind), d.Reason, d.Code)
		return err
	})
	if err != nil {
		return err
	}
	if n == 0 {
		fmt.Fprintln(t.out, "no dead letters")
	}
	return table.Flush()
}

type replayCommand struct {
	Source string  `arg:"" help:"The feed's id in the configuration."`
	IDs    []int64 `arg:"" optional:"" name:"id" help:"Which; all that wait if none is named."`
	Config string  `required:"" placeholder:"FILE" help:"The configuration."`
}

// Run replays them in their order and says what became of each. It fails if one could
// again not be used.
func (c *replayCommand) Run(t *terminal) error {
	keeper, env, err := feedOf(t, c.Config, c.Source)
	if err != nil {
		return err
	}
	used, not := 0, 0
	err = keeper.Replay(t.ctx, env, c.IDs, func(d sources.DeadLetter, code, reason string) error {
		if code == "" {
			used++
			_, err := fmt.Fprintf(t.out, "%d is in use now\n", d.ID)
			return err
		}
		not++
		_, err := fmt.Fprintf(t.out, "%d cannot be used: %s (%s)\n", d.ID, reason, code)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%d in use, %d still dead letters\n", used, not)
	if not > 0 {
		return fmt.Errorf("%d messages still cannot be used", not)
	}
	return nil
}

// feedOf is a feed of the configuration.
func feedOf(t *terminal, file, id string) (sources.FeedKeeper, sources.Env, error) {
	config, err := configFrom(file)
	if err != nil {
		return nil, sources.Env{}, err
	}
	for i := range config.Sources {
		s := &config.Sources[i]
		if s.ID != id {
			continue
		}
		keeper, ok := s.connector.(sources.FeedKeeper)
		if !ok {
			return nil, sources.Env{}, usageError(fmt.Sprintf("source %s is asked, and is sent nothing: it has no dead letters", id))
		}
		return keeper, sources.Env{ID: id, Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: config.zone}, nil
	}
	return nil, sources.Env{}, usageError(fmt.Sprintf("there is no source %q in %s", id, file))
}

// printable is a sender's text without what a terminal would obey.
func printable(s string) string {
	out := []rune(s)
	for i, r := range out {
		if r < ' ' || r >= 0x7F && r < 0xA0 {
			out[i] = '·'
		}
	}
	return string(out)
}
