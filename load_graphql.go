package main

import (
	"errors"
	"os"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/resolvers"
)

// graphQL reads the manifests of registered operations. What does not fit the schema is said
// when the configuration is checked, and not when somebody's app asks it.
func (l *loading) graphQL(c *GraphQLConfig, n *yaml.Node) {
	if c.PerMinute < 0 {
		l.say(child(n, "per_minute"), "graphql: per_minute must not be negative")
	}
	for client, rate := range c.Clients {
		if rate < 0 {
			l.say(at(n, "clients."+client), "graphql: clients.%s must not be negative", client)
		}
	}
	for i, file := range c.Persisted {
		place := orNode(item(child(n, "persisted"), i), n)
		text, err := os.ReadFile(file) //nolint:gosec // the operator's own path
		if err != nil {
			l.say(place, "graphql: %s cannot be read: %v", file, errors.Unwrap(err))
			continue
		}
		operations, err := resolvers.ReadOperations(text)
		if err != nil {
			l.say(place, "graphql: %s: %s", file, err)
			continue
		}
		for _, line := range operations.Misfits() {
			l.say(place, "graphql: %s: %s", file, line)
		}
		c.operations = c.operations.With(operations)
	}
}
