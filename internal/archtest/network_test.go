package archtest

import (
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// mayImportNet are the packages of others that may import net, each with the reason.
var mayImportNet = map[string]string{
	"github.com/spf13/pflag":   "it offers flags that are addresses; we have none",
	"golang.org/x/sys/windows": "it wraps all of Windows, sockets too; we use files and locks",
}

// The program links no package that opens connections, and only the packages above import net.
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
			if !standard && slices.Contains(imports, "net") && mayImportNet[path] == "" {
				t.Errorf("%s imports net on %s: say why in mayImportNet, or do without it", path, system)
			}
		}
	}
}

// knownNetFunctions begin the names of the functions of package net that may be in the program: they set up its tables
// at the start, and read at most a file on this computer.
var knownNetFunctions = []string{"net.init", "net.(*file).", "net.open", "net.splitAtBytes", "net.countAnyByte"}

// dialNames matches the names of functions that open a connection, wait for one, look up an address or send to one.
var dialNames = regexp.MustCompile(`(?i)^(syscall|net|internal/poll|internal/syscall/(unix|windows)|` +
	`golang\.org/x/sys/(unix|windows))\..*(connect|listen|accept|sendto|sendmsg|bind|dial|lookup|addrinfo|` +
	`hostbyname|dnsquery)`)

// The program cannot open a connection: nothing calls the functions that could, so the linker leaves them out. The two
// libraries in mayImportNet bring in a little of package net; any function that is not in knownNetFunctions fails.
func TestNothingDials(t *testing.T) {
	if !testneed.Thorough() {
		t.Skip("building the program for three systems takes longer than all other tests of this package; .ci/run does it")
	}
	for _, system := range []string{"linux", "darwin", "windows"} {
		program := filepath.Join(t.TempDir(), "ksbcoach")
		build := exec.Command("go", "build", "-o", program, "../../cmd/ksbcoach")
		build.Env = append(build.Environ(), "GOOS="+system, "CGO_ENABLED=0", "GOFLAGS=")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("building for %s: %v\n%s", system, err, out)
		}
		out, err := exec.Command("go", "tool", "nm", program).Output()
		if err != nil {
			t.Fatalf("the functions in the program for %s: %v", system, err)
		}
		functions, found := 0, map[string]bool{}
		for line := range strings.Lines(string(out)) {
			_, name, ok := strings.Cut(strings.TrimSpace(line), " T ")
			if !ok {
				continue
			}
			functions++
			if dialNames.MatchString(name) {
				t.Errorf("%s is in the program for %s", name, system)
			}
			if strings.HasPrefix(name, "net.") {
				found[name] = true
				if !slices.ContainsFunc(knownNetFunctions, func(known string) bool { return strings.HasPrefix(name, known) }) {
					t.Errorf("%s is in the program for %s: say in knownNetFunctions what it does", name, system)
				}
			}
		}
		if functions < 5000 || !found["net.init"] {
			t.Errorf("%d functions on %s, net.init %t: the list cannot be whole", functions, system, found["net.init"])
		}
		t.Logf("%s: %v of net", system, slices.Sorted(maps.Keys(found)))
	}
}

func TestTheNamesOfWhatDialsAreKnown(t *testing.T) {
	for _, name := range []string{
		"net.Dial", "net.(*Dialer).DialContext", "net.Listen", "net.(*Resolver).lookupIP", "syscall.Connect",
		"syscall.connect", "syscall.Bind", "syscall.Accept4", "golang.org/x/sys/unix.Sendmsg", "internal/poll.(*FD).Accept",
		"internal/syscall/windows.GetAddrInfoW", "golang.org/x/sys/windows.ConnectEx",
	} {
		if !dialNames.MatchString(name) {
			t.Errorf("%s would be passed by", name)
		}
	}
	for _, name := range []string{"syscall.Open", "internal/poll.(*FD).Read", "net.init.0", "golang.org/x/sys/unix.Flock"} {
		if dialNames.MatchString(name) {
			t.Errorf("%s opens no connection", name)
		}
	}
}
