package archtest

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayLinkNet are the packages that may import net, each with the reason. Ours are never among them.
var mayLinkNet = map[string]string{
	"github.com/spf13/pflag":   "it offers flags that are addresses; we have none",
	"golang.org/x/sys/windows": "it wraps all of Windows, sockets too; we use files and locks",
}

// Nothing in the program can open a connection: no package of it imports net, but for those above, and none that dials or
// listens for others is linked at all.
func TestNoNetwork(t *testing.T) {
	for _, system := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{.ImportPath}} {{.Standard}} {{join .Imports \" \"}}", "../../cmd/ksbcoach")
		cmd.Env = append(cmd.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("listing what is linked on %s: %v", system, err)
		}
		linked := strings.Split(strings.TrimSpace(string(out)), "\n")
		if len(linked) < 50 {
			t.Fatalf("only %d packages are linked on %s: the list cannot be whole", len(linked), system)
		}
		for _, line := range linked {
			words := strings.Fields(line)
			path, standard, imports := words[0], words[1] == "true", words[2:]
			for _, dials := range []string{"net/http", "net/rpc", "net/smtp", "crypto/tls", "golang.org/x/net", "golang.org/x/crypto/ssh"} {
				if path == dials || strings.HasPrefix(path, dials+"/") {
					t.Errorf("%s is linked on %s: ksbcoach opens no connection", path, system)
				}
			}
			if !standard && slices.Contains(imports, "net") && mayLinkNet[path] == "" {
				t.Errorf("%s imports net on %s: say why in mayLinkNet, or do without it", path, system)
			}
		}
	}
}
