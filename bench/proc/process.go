package proc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// Process is a child. It dies with us.
type Process struct {
	cmd   *exec.Cmd
	in    io.Closer
	done  chan struct{}
	tail  tail
	first chan string
}

// Pinned reports whether processes can be held on one core each here.
func Pinned() bool {
	_, err := exec.LookPath("taskset")
	return err == nil && runtime.NumCPU() > 1
}

// Start runs a command on one core (-1 for any), with env added to the environment.
func Start(core int, env []string, name string, args ...string) (*Process, error) {
	if core >= 0 {
		name, args = "taskset", append([]string{"-c", strconv.Itoa(core), name}, args...)
	}
	p := &Process{cmd: exec.Command(name, args...), done: make(chan struct{}), first: make(chan string, 1)} // #nosec G204 -- our own programs
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.SysProcAttr = withParent()
	p.cmd.Stdout, p.cmd.Stderr = &firstLine{to: p.first}, &p.tail
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	p.in = in
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// PID is the process's id; taskset has become the program by exec.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// FirstLine waits for the first line that the process prints.
func (p *Process) FirstLine(most time.Duration) (string, error) {
	select {
	case line := <-p.first:
		return line, nil
	case <-p.done:
		return "", fmt.Errorf("it ended: %s", p.tail.String())
	case <-time.After(most):
		return "", errors.New("it did not get ready in time")
	}
}

// Ended says why the process ended, nil while it runs.
func (p *Process) Ended() error {
	select {
	case <-p.done:
		return fmt.Errorf("it ended: %s", p.tail.String())
	default:
		return nil
	}
}

// Stop asks the process to end and after a while makes it.
func (p *Process) Stop() {
	_ = p.in.Close()
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(10 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

// PinSelf holds this process on one core.
func PinSelf(core int) error {
	runtime.GOMAXPROCS(1)
	out, err := exec.Command("taskset", "-a", "-c", "-p", strconv.Itoa(core), strconv.Itoa(os.Getpid())).CombinedOutput() // #nosec G204 -- numbers
	if err != nil {
		return fmt.Errorf("%w: %s", err, bytes.TrimSpace(out))
	}
	return nil
}

// tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	kept []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, b...)
	if most := 4 << 10; len(t.kept) > most {
		t.kept = append(t.kept[:0], t.kept[len(t.kept)-most:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(bytes.TrimSpace(t.kept))
}

// firstLine gives the first line written to it, once.
type firstLine struct {
	kept []byte
	to   chan string
}

func (f *firstLine) Write(b []byte) (int, error) {
	if f.to == nil {
		return len(b), nil
	}
	f.kept = append(f.kept, b...)
	if line, _, ok := bytes.Cut(f.kept, []byte("\n")); ok {
		f.to <- string(line)
		f.to = nil
	}
	return len(b), nil
}
