package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// takeProfile writes a CPU profile of the server under every work in turn, for the same
// time each: what `go build -pgo` is to be given.
func (b *bench) takeProfile(ctx context.Context) error {
	each := time.Duration(b.seconds * float64(time.Second))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	fetched := make(chan error, 1)
	go func() { fetched <- b.fetchProfile(ctx, each*time.Duration(len(b.works))) }()
	for _, w := range b.works {
		if r := b.closedLoop(ctx, b.targetServer(), w, saturated, saturated, each); r.wrong > 0 {
			return fmt.Errorf("%s: %d of %d answers were wrong, the first: %w", w.name, r.wrong, len(r.took), r.why)
		}
	}
	return <-fetched
}

func (b *bench) fetchProfile(ctx context.Context, d time.Duration) error {
	url := fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", b.server.pprof, max(1, int(d.Seconds())))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the program serves no profile (it should on PATCHWORK_PPROF): %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the profile: %d", resp.StatusCode)
	}
	file, err := os.Create(b.profile)
	if err != nil {
		return err
	}
	if _, err := io.Copy(file, resp.Body); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}
