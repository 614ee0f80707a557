// Package check holds what is deployed against what it must be: the chart as Helm renders it,
// the Dockerfile as BuildKit reads it, the unit as systemd does. It is a module of its own, so
// that none of these libraries stands behind the program. `make deploy-check` runs it.
package check
