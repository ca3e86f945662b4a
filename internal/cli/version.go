package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version says which build this is, from what the linker recorded.
func version(info *debug.BuildInfo, ok bool) string {
	machine := fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if !ok {
		return fmt.Sprintf("ksbcoach, unknown build (%s)", machine)
	}
	name := info.Main.Version
	if name == "" || name == "(devel)" {
		name = "development build"
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	revision := ""
	if r := set["vcs.revision"]; r != "" {
		revision = "revision " + r[:min(len(r), 12)]
		if t := set["vcs.time"]; t != "" {
			revision += " of " + t
		}
		if set["vcs.modified"] == "true" {
			revision += " with local changes"
		}
		revision += ", "
	}
	return fmt.Sprintf("ksbcoach %s (%s%s)", name, revision, machine)
}
