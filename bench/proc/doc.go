// Package proc starts, pins, measures and stops the processes of a benchmark. It reads
// /proc and uses taskset(1), so it measures on Linux only.
package proc
