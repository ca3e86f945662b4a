package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

type reviewRecordOptions struct {
	*kit
	json  bool
	file  string
	force bool
}

func newReviewRecord(k *kit) *cobra.Command {
	o := &reviewRecordOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "record [REVIEW]",
		Short: "Write the record of a review to share",
		Long: "Writes the record of a review, the newest if none is named: who met, agreed levels with their reasons, actions and the closing " +
			"questions. Wellbeing, workload, support, adjustments reflections and your answers to the closing questions are left out unless you included them.\n\n" + appraisal.HashWords,
		Example: "ksbcoach review record -o review.txt",
		Args:    atMost(1),
		RunE:    o.run,
	}
	f := cmd.Flags()
	f.BoolVar(&o.json, "json", false, "write JSON")
	f.StringVarP(&o.file, "output", "o", "", "write it into this `FILE`")
	f.BoolVar(&o.force, "force", false, "replace that file if it is there")
	return cmd
}

func (o *reviewRecordOptions) run(cmd *cobra.Command, args []string) error {
	if err := checkOutput(cmd, o.file, o.json); err != nil {
		return err
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	r, err := pickReview(s.Profile(), args)
	if err != nil {
		return err
	}
	record := appraisal.Record(s.Profile(), s.Standard(), r)
	hash := appraisal.Hash(record)
	if words := appraisal.Changed(s.Profile(), s.Standard(), r); words != "" {
		o.warn(words + " Its check code was " + appraisal.Code(r.Hash))
	}
	if o.json {
		return o.writeJSON(struct {
			ID        string `json:"id"`
			Record    string `json:"record"`
			Hash      string `json:"hash"`
			Closed    bool   `json:"closed"`
			Unchanged *bool  `json:"unchanged"`
			Words     string `json:"words"`
		}{r.ID, record, hash, !r.Closed.IsZero(), known(r.Hash == hash, r.Hash != ""), appraisal.HashWords})
	}
	if o.file == "" {
		o.print(s, r, record, hash)
		return nil
	}
	if err := o.writeOut(s, o.file, recordFile(s, r), o.force); err != nil {
		return err
	}
	p := o.page()
	p.path("written to", o.file)
	p.para(0, "%s", sharedWords(r))
	p.next("%s", recordNext(s, r))
	return nil
}

// recordFile is the record of a review with its check code, as it goes into a file.
func recordFile(s *session.Session, r profile.Review) []byte {
	record := appraisal.Record(s.Profile(), s.Standard(), r)
	return []byte(record + "\n" + hashFoot(r, appraisal.Hash(record)) + "\n")
}

// recordPaper is the record of the last closed review.
func recordPaper(s *session.Session) ([]byte, error) {
	r, ok := s.Profile().LastReview()
	if !ok {
		return nil, &hinted{errors.New("no review is closed yet"), "close the one that is open first"}
	}
	return recordFile(s, r), nil
}

// checkOutput looks at the flags of a command that can write a file.
func checkOutput(cmd *cobra.Command, file string, json bool) error {
	switch {
	case cmd.Flags().Changed("output") && file == "":
		return misused(cmd, "-o: the name of the file is empty")
	case cmd.Flags().Changed("force") && file == "":
		return misused(cmd, "--force belongs to -o FILE")
	case json && file != "":
		return misused(cmd, "-o and --json exclude each other")
	}
	return nil
}

// writeOut writes a file for others to use. Not even --force puts it in the place of the profile.
func (k *kit) writeOut(s *session.Session, path string, data []byte, force bool) error {
	there, err := os.Stat(path)
	own, ownErr := os.Stat(s.Path())
	if err == nil && ownErr == nil && os.SameFile(there, own) {
		return &hinted{fmt.Errorf("%s is your profile", path), "choose another name"}
	}
	if err := folderOf(path); err != nil {
		return err
	}
	if err := store.Write(store.OS(), path, data, force); err != nil {
		return err
	}
	k.changed = true
	return nil
}

// folderOf refuses a file in a folder that is not there: it is more likely a slip than wanted.
func folderOf(path string) error {
	dir := filepath.Dir(path)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return &hinted{fmt.Errorf("there is no folder %q", dir), "make that folder first, or choose another place"}
	}
	return nil
}

func hashFoot(r profile.Review, hash string) string {
	if r.Closed.IsZero() {
		return "This review is still open; a check code comes with its closing."
	}
	return fmt.Sprintf("%s It is the start of the SHA-256 of the text above this line, without the blank line between.\nCheck code: %s", appraisal.HashWords, appraisal.Code(hash))
}

// print writes the record with its long lines wrapped; the file that -o writes has them whole, as the check code needs them.
func (o *reviewRecordOptions) print(s *session.Session, r profile.Review, record, hash string) {
	p := o.page()
	for l := range strings.Lines(record) {
		l = strings.TrimSuffix(l, "\n")
		words := strings.TrimLeft(l, " ")
		p.para(len(l)-len(words), "%s", words)
	}
	p.blank()
	if r.Closed.IsZero() {
		p.para(0, "%s", hashFoot(r, hash))
	} else {
		p.para(0, "%s -o FILE writes the text that the code belongs to.", appraisal.HashWords)
		p.path("check code", appraisal.Code(hash))
	}
	p.next("%s", recordNext(s, r))
}

func recordNext(s *session.Session, r profile.Review) string {
	if r.Closed.IsZero() {
		return reviewNext(s)
	}
	return "the next review is due by " + r.Next.Long()
}
