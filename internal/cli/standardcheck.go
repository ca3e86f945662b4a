package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

func newStandardCheck(k *kit) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE",
		Short: "Read a standard from a file and say what is in it",
		Long: "Reads the text of a standard as its page gives it when copied, or our TOML form of it, and says how " +
			"many duties and KSBs it has, or which line cannot be read.",
		Example: "ksbcoach standard check my-standard.txt",
		Args:    takes("FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return k.checkStandard(args[0]) },
	}
}

func (k *kit) checkStandard(path string) error {
	file, err := store.Load(store.OS(), path, int64(tomledit.ProfileLimits.Size))
	if err != nil {
		return err
	}
	std, err := readStandard(file.Bytes())
	if err != nil {
		return &hinted{fmt.Errorf("%s: %w", path, err), standardHint(err)}
	}
	return k.answer(countsObject(std), func(p *page) {
		p.Para(0, "%s", countsWords(std))
		p.next("compare these numbers with the published page")
	})
}

// readStandard tells the two forms apart by their first line: a published page does not begin with a TOML key or
// comment.
func readStandard(src []byte) (*standard.Standard, error) {
	if !looksLikeTOML(string(src)) {
		return standard.ParsePublished(string(src))
	}
	if err := tomledit.Check(src, tomledit.ProfileLimits); err != nil { // some texts make the parser eat gigabytes
		return nil, err
	}
	std, err := standard.Decode(string(src))
	var parse toml.ParseError
	if errors.As(err, &parse) {
		return nil, &standard.LineError{
			Line: parse.Position.Line, Msg: parse.Message,
			Hint: "open the file in an editor and correct this line",
		}
	}
	return std, err
}

func looksLikeTOML(src string) bool {
	for line := range strings.Lines(strings.TrimPrefix(src, "\ufeff")) {
		if line = strings.TrimSpace(line); line != "" {
			return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "[") || strings.HasPrefix(line, "reference")
		}
	}
	return false
}

func standardHint(err error) string {
	var line *standard.LineError
	var edit *tomledit.Error
	switch {
	case errors.As(err, &line) && line.Hint != "":
		return line.Hint
	case errors.As(err, &edit) && edit.Hint != "":
		return edit.Hint
	}
	return "compare it with what ksbcoach standard show prints"
}
