package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// healthCommand asks a running server how it is: for a container, which has no other program to
// ask with, and for scripts.
type healthCommand struct {
	URL   string        `default:"http://127.0.0.1:8080" placeholder:"URL" env:"PATCHWORK_HEALTH_URL" help:"Where the server is; default ${default}."`
	Alive bool          `help:"Ask only whether it runs (/healthz), not whether it may serve (/readyz)."`
	Wait  time.Duration `placeholder:"DURATION" help:"Ask again for so long, for a server that is starting."`
}

// Run succeeds if the server is well.
func (c *healthCommand) Run(t *terminal) error {
	path := "/readyz"
	if c.Alive {
		path = "/healthz"
	}
	ctx, stop := context.WithTimeout(t.ctx, c.Wait+5*time.Second)
	defer stop()
	until := time.Now().Add(c.Wait)
	for {
		said, err := ask(ctx, strings.TrimSuffix(c.URL, "/")+path)
		if err == nil {
			fmt.Fprintln(t.out, said)
			return nil
		}
		if time.Now().After(until) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// ask gives the server's word, or why it is not well.
func ask(ctx context.Context, address string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", usageError("--url is an address such as http://127.0.0.1:8080")
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", fmt.Errorf("the server is not reached: %s", plainly(err))
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 256))
	if err != nil {
		return "", fmt.Errorf("the server broke off: %s", plainly(err))
	}
	said := strings.TrimSpace(string(text))
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the server is not well: %s", said)
	}
	return said, nil
}
