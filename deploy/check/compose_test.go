package check

import (
	"os"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// The server of the composition has nothing but its directory, and nobody reaches the database
// from outside.
func TestCompose(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../container/compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	type service struct {
		User            string            `json:"user"`
		ReadOnly        bool              `json:"read_only"`
		CapDrop         []string          `json:"cap_drop"`
		SecurityOpt     []string          `json:"security_opt"`
		Environment     map[string]string `json:"environment"`
		Ports, Networks []string
	}
	var c struct {
		Services map[string]service
		Networks map[string]struct{ Internal bool }
	}
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	server, database := c.Services["patchwork"], c.Services["database"]
	if !server.ReadOnly || server.User != "65532:65532" || !slices.Contains(server.CapDrop, "ALL") || !slices.Contains(server.SecurityOpt, "no-new-privileges:true") {
		t.Errorf("the server: %+v", server)
	}
	for _, port := range server.Ports {
		if !strings.HasPrefix(port, "127.0.0.1:") {
			t.Errorf("other machines reach %s without TLS", port)
		}
	}
	if len(database.Ports) > 0 || !slices.Equal(database.Networks, []string{"back"}) || !c.Networks["back"].Internal {
		t.Errorf("the database: %+v", database)
	}
	for name, value := range database.Environment {
		if strings.Contains(name, "PASSWORD") && !strings.HasPrefix(value, "${") {
			t.Error("a password stands in the file")
		}
	}
}
