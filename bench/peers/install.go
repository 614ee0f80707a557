package peers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Start starts a peer on a core; what it has to write goes into dir.
func (p Peer) Start(core int, root, dir string, sources []string) (*Running, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	return p.start(where{core: core, root: root, folder: filepath.Join(root, p.Folder), dir: dir, sources: sources})
}

// mostInstall is how long an installation may take.
const mostInstall = 5 * time.Minute

// Install installs what a peer needs, exactly as its lock file has it, unless that is
// there already.
func (p Peer) Install(ctx context.Context, root string) error {
	if p.Folder == "" {
		return nil
	}
	folder := filepath.Join(root, p.Folder)
	lock, err := os.Stat(filepath.Join(folder, "package-lock.json"))
	if err != nil {
		return err
	}
	mark := filepath.Join(folder, "node_modules", ".installed")
	if done, err := os.Stat(mark); err == nil && !done.ModTime().Before(lock.ModTime()) {
		return nil
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return errors.New("there is no npm here")
	}
	ctx, cancel := context.WithTimeout(ctx, mostInstall)
	defer cancel()
	cmd := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w: %.300s", err, out)
	}
	return os.WriteFile(mark, nil, 0o600)
}
