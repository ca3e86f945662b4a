package cli

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type checkOptions struct {
	*kit
	privacy bool
}

func newCheck(k *kit) *cobra.Command {
	o := &checkOptions{kit: k}
	cmd := &cobra.Command{
		Use: "check [FILE...]", Short: "Check profiles and rating sheets, and say what is wrong on which line",
		Long: "Reads profiles or rating sheets, your own profile if none is named, and says what is wrong in them " +
			"with line and column and what to do. Keys that are not ours, and dates that look like slips, are only " +
			"noted. Nothing is changed.\n\n--privacy looks for what names a patient in all that was typed: NHS, CHI " +
			"and Health and Care numbers, hospital numbers, dates of birth, postcodes, phone numbers, e-mail " +
			"addresses, names and initials. It says where each is and never what it is; if it finds one, the exit " +
			"code is 1. " + privacy.Limits,
		Example: "ksbcoach check",
		Args:    cobra.ArbitraryArgs,
		RunE:    func(_ *cobra.Command, args []string) error { return o.run(args) },
	}
	cmd.Flags().BoolVar(&o.privacy, "privacy", false, "look for what names a patient")
	return cmd
}

// A checkedFile is what was found in one file.
type checkedFile struct {
	path    string
	profile profile.Profile // empty if there are faults
	faults  []file.Problem  // what cannot be read
	notes   []file.Problem  // what looks odd and can be read
	odd     bool            // some of the notes are about dates
	copies  []session.Copy  // what a sync program left beside it
	found   []privacy.Found // what looks as if it named a patient; with --privacy only
}

func (o *checkOptions) run(paths []string) error {
	own := len(paths) == 0
	if own {
		where, err := o.sessionOptions()
		if err != nil {
			return err
		}
		paths = []string{where.Path}
		_, err = store.Load(where.Ops, where.Path, int64(tomledit.ProfileLimits.Size))
		if errors.Is(err, store.ErrNotExist) {
			return o.noProfile(where.Path, err)
		}
	}
	files := lists.Each(paths, o.checkFile)
	if o.asJSON() {
		if err := o.writeJSON(object{"files", lists.Each(files, checkedObject)}); err != nil {
			return err
		}
	}
	var bad []checkedFile // with faults
	named := 0            // places that look as if they named a patient
	for _, f := range files {
		if !o.asJSON() {
			f.show(o.page())
			o.showCopies(o.page(), f.copies)
		}
		if len(f.faults) > 0 {
			bad = append(bad, f)
		}
		named += len(f.found)
	}
	if len(bad) > 0 {
		first := bad[0]
		hint := first.faults[0].Hint
		if own && !first.faults[0].Later && o.keepsOlder() {
			hint = orRestore(hint)
		}
		return withHint(fmt.Errorf("%s: %d of %s cannot be read in full", first.path, len(bad),
			words.Count(len(files), "file", "files")), hint)
	}
	if named > 0 {
		return withHint(fmt.Errorf("%s like something that names a patient",
			words.Count(named, "place looks", "places look")),
			"ksbcoach privacy redact MARK takes it out, and ksbcoach privacy clear MARK says that it is no identifier")
	}
	switch {
	case o.asJSON():
	case o.privacy:
		o.page().next("nothing looks as if it named a patient; read your notes through all the same before you hand " +
			"them on")
	case slices.ContainsFunc(files, func(f checkedFile) bool { return f.odd }):
		o.page().next("the dates above look like slips: correct those that are, and leave the others; the file opens " +
			"as it is")
	default:
		o.page().next("nothing needs correcting; ksbcoach next says how to go on")
	}
	return nil
}

// checkFile reads one file. If it cannot be opened, that is its fault, so that the other files are still checked.
func (o *checkOptions) checkFile(path string) checkedFile {
	c := checkedFile{path: path}
	onDisk, err := store.Load(store.OS(), path, sheet.Largest)
	if err != nil {
		c.faults = []file.Problem{{Msg: err.Error(), Hint: hintOf(err)}}
		return c
	}
	read, err := sheet.Decode(onDisk.Bytes(), o.library.Standard)
	var faults file.Faults
	switch {
	case errors.As(err, &faults):
		c.faults = faults
	case err != nil:
		c.faults = []file.Problem{{Msg: err.Error(), Hint: hintOf(err)}}
	default:
		dates := read.OddDates(o.today())
		c.profile, c.notes, c.odd = read.Profile, slices.Concat(read.Notes, dates), len(dates) > 0
		if o.privacy {
			c.found = slices.Concat(privacy.OfFile(path, read.Profile.Privacy.Cleared), privacy.OfRecord(read.Profile))
		}
	}
	var ours *profile.Profile
	if len(c.faults) == 0 {
		ours = &c.profile
	}
	if sheet.FormOf(onDisk.Bytes()).Elsewhere == "" { // not a workbook or web page: those are never profiles
		c.copies = session.CopiesOf(store.OS(), path, ours, o.library.Standard)
	}
	return c
}

func (c checkedFile) show(p *page) {
	for _, x := range c.faults {
		c.problem(p, "fault", x)
	}
	for _, x := range c.notes {
		c.problem(p, "note", x)
	}
	for _, f := range c.found {
		p.Line("%s: %s [%s]", c.path, f.Says(), f.Mark)
		p.Para(2, "%s", f.Advice())
		if f.Closed {
			p.Para(2, "that review is closed and stays as it is; take this out of the file by hand")
		}
	}
	switch {
	case len(c.faults) > 0:
	case c.profile.Sheet:
		p.Para(0, "%s: a rating sheet for %s, in order, %d of %s rated", c.path, c.profile.Learner.Name.Line(),
			c.profile.Filled(), words.Count(len(c.profile.Asked), "KSB", "KSBs"))
	default:
		p.Para(0, "%s: in order, %s, %s, %s", c.path, words.Count(c.profile.Ratings(), "rating", "ratings"),
			words.Count(len(c.profile.Evidence), "piece of evidence", "pieces of evidence"),
			words.Count(len(c.profile.Goals), "goal", "goals"))
	}
}

// problem writes one fault or note. Its place is path:line:column, which editors understand, or the cell of a workbook.
func (c checkedFile) problem(p *page, sort string, x file.Problem) {
	place := c.path + ":"
	switch {
	case x.Cell != "":
		place += x.Cell + ":"
	case x.Pos.Line > 0:
		place += fmt.Sprintf("%d:%d:", x.Pos.Line, x.Pos.Col)
	}
	p.Line("%s %s: %s", place, sort, x.What())
	p.Para(2, "%s", x.Hint)
}

func checkedObject(c checkedFile) object {
	problem := func(x file.Problem) object {
		return object{
			"line", x.Pos.Line, "column", x.Pos.Col, "cell", x.Cell, "key", x.Key, "message", x.Msg, "hint", x.Hint,
		}
	}
	kind := "profile"
	if c.profile.Sheet {
		kind = "sheet"
	}
	return object{
		"file", c.path, "kind", kind, "ok", len(c.faults) == 0, "faults", lists.Each(c.faults, problem),
		"notes", lists.Each(c.notes, problem), "copies", lists.Each(c.copies, copyObject),
		"named", lists.Each(c.found, func(f privacy.Found) object {
			return object{
				"mark", f.Mark, "looks_like", string(f.Kind), "place", f.Place, "in_line", f.Line,
				"words", f.Says(), "hint", f.Advice(),
			}
		}),
	}
}

func newPrivacy(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use: "privacy", Short: "Take what names a patient out of your notes, or say that it does not",
		Long: "ksbcoach check --privacy lists what in your notes looks as if it named a patient, with a mark for " +
			"each. These commands take such a mark. " + privacy.Limits,
		Example: "ksbcoach privacy redact nhs-7k2m",
	}, &cobra.Command{
		Use: "redact MARK...", Short: "Take it out, wherever it is in your profile",
		Long: "Takes what has this mark out of your profile, wherever it is, and says in its place what was taken " +
			"out, such as a name. A closed review stays as it is.",
		Example: "ksbcoach privacy redact nhs-7k2m",
		RunE: func(_ *cobra.Command, marks []string) error {
			n := 0
			return k.edit(func(s *session.Session) error {
				found, err := marked(s.Profile(), marks)
				n = len(found)
				if err != nil {
					return err
				}
				return s.Do(privacy.Redaction(found))
			}, func(s *session.Session, p *page) {
				p.Para(0, "%s taken out", words.Count(n, "place was", "places were"))
				if s.KeepsOlder() {
					p.Para(0, "The older versions of your profile still hold it. ksbcoach restore lists them, and "+
						"with --json says where each lies: delete them if it must be gone for good.")
				}
				p.next("ksbcoach check --privacy looks again")
			})
		},
	}, &cobra.Command{
		Use: "clear MARK...", Short: "Say that it is no identifier, so that it is not named again",
		Long: "Records in your profile that what has this mark names no patient, such as a serial number that " +
			"happens to look like an NHS number. Only the mark is kept, not the text. To be warned again, remove the " +
			"mark from the line cleared in the file.",
		Example: "ksbcoach privacy clear nhs-7k2m",
		RunE: func(_ *cobra.Command, marks []string) error {
			return k.edit(func(s *session.Session) error {
				if _, err := marked(s.Profile(), marks); err != nil {
					return err
				}
				return s.Do(profile.Clear{Marks: marks})
			}, func(_ *session.Session, p *page) {
				p.Para(0, "not named again: %s", words.List(marks))
				p.next("ksbcoach check --privacy looks again")
			})
		},
	})
}

// marked are the findings in a profile that have one of these marks. A mark that nothing has is an error.
func marked(p profile.Profile, marks []string) ([]privacy.Found, error) {
	all := privacy.OfRecord(p)
	for _, mark := range marks {
		if !slices.ContainsFunc(all, func(f privacy.Found) bool { return f.Mark == mark }) {
			return nil, withHint(fmt.Errorf("nothing in the profile has the mark %q", mark),
				"ksbcoach check --privacy lists the marks")
		}
	}
	return slices.DeleteFunc(all, func(f privacy.Found) bool { return !slices.Contains(marks, f.Mark) }), nil
}

// guard warns of what looks as if it named a patient. It stops nothing.
func (k *kit) guard(found []privacy.Found) {
	for _, line := range privacy.Warnings(found) {
		k.warn(line)
	}
	if len(found) > 0 {
		k.warn("nothing was stopped; ksbcoach check --privacy lists what there is, and says how to take it out")
	}
}
