package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// A page is what a command writes for people.
type page struct {
	export.Page
	onTerminal  bool                // it goes to a terminal, not to a script
	withProfile func(string) string // see kit.withProfile
}

const (
	minWidth = 40
	maxWidth = 100 // longer lines are hard to read, even on a wide terminal
)

func (k *kit) page() *page {
	columns := k.env.Columns()
	return &page{export.Page{Out: k.out, Width: widthOf(columns)}, columns > 0, k.withProfile}
}

// widthOf is the width that text is wrapped to on a terminal with this many columns; 0 columns mean no terminal.
func widthOf(columns int) int {
	if columns == 0 {
		return export.PlainWidth
	}
	return min(max(columns-1, minWidth), maxWidth)
}

func (p *page) document(d doc.Doc) { _, _ = p.Out.Write(export.Text(d, p.Width)) }

// message writes one line for a script, or wraps it on a terminal.
func (p *page) message(format string, args ...any) {
	if p.onTerminal {
		p.Para(0, format, args...)
		return
	}
	p.Line(format, args...)
}

// labelWidth is the width of the column of labels.
const labelWidth = 14

// path writes a label and the name of a file. The name stays on one line, however long, so that it can be copied.
func (p *page) path(label, name string) {
	p.Line("%s", export.Pad(label, labelWidth)+safetext.Line(name))
}

// next writes the last line of a command: what to do next.
func (p *page) next(format string, args ...any) {
	p.Blank()
	p.Hang("next: ", p.withProfile(fmt.Sprintf(format, args...)))
}

// paras writes each text that is not empty as a paragraph.
func (p *page) paras(texts ...string) {
	for _, text := range texts {
		if text != "" {
			p.Para(0, "%s", text)
		}
	}
}

// fact writes a label and its value, or nothing if the value is empty.
func (p *page) fact(label, value string) {
	if value != "" {
		p.Pair(0, labelWidth, label, "%s", value)
	}
}

// section writes a heading and a list, or nothing if the list is empty.
func (p *page) section(heading string, items ...string) {
	var d doc.Doc
	d.Section(heading, items)
	p.document(d)
}

// agedAgreements lists the agreed levels that the learner has rated differently since.
func (p *page) agedAgreements(s *session.Session) {
	p.section(appraisal.AgedHeading, lists.Each(appraisal.Aged(s.Report(), s.Titles()), appraisal.Point.Line)...)
}

// prose writes a heading and a paragraph, or nothing if there is no text.
func (p *page) prose(heading, text string) {
	if text != "" {
		p.document(doc.Doc{Blocks: []doc.Block{doc.Heading{Text: heading}, doc.Para{Depth: 1, Text: text}}})
	}
}

// readingWords is a reading as one paragraph, with its web address if it has one.
func readingWords(r coaching.Reading) string {
	words := fmt.Sprintf("%s (%d minutes)", r.Cite, r.Minutes)
	if r.URL != "" {
		words += " " + r.URL
	}
	return words + " Ask: " + r.Question
}

// ratedBy is a level with who gave it, such as "2, Supported, by R. Lindqvist".
func ratedBy(scale *level.Scale, l level.Level, by profile.Rater, mentor safetext.Text) string {
	words := scale.Words(l).Name
	if l != level.NoOpportunity {
		words = l.String() + ", " + words
	}
	switch {
	case by == profile.Mentor:
		words += ", by " + appraisal.MentorName(mentor)
	case by == profile.Agreed && mentor.Empty():
		words += ", agreed"
	case by == profile.Agreed:
		words += ", agreed with " + mentor.Line()
	}
	return words
}

// sayReplacement names the action that takes the place of a changed one, if there is one.
func sayReplacement(p *page, a *profile.Action) {
	if a != nil {
		p.Para(0, "it continues as %s: %s%s", a.ID, a.Text.Line(), words.After(", by ", a.Due.Full()))
	}
}

// sayDue repeats the date that was typed in full, with its weekday, so that a slip is noticed.
func sayDue(p *page, due calendar.Date) {
	if !due.IsZero() {
		p.Para(2, "by %s", due.Full())
	}
}

// fieldOf is the field that the learner's role names, or "" if none is recognised.
func (k *kit) fieldOf(ref string, l profile.Learner) string {
	return k.library.Fields(ref).Understood(l.Role.Line())
}

// fieldWords says which field the coaching takes its examples from, or how to name one. It is "" if no role is set.
func (k *kit) fieldWords(ref string, l profile.Learner) string {
	if l.Role.Empty() {
		return ""
	}
	if known := k.fieldOf(ref, l); known != "" {
		return known
	}
	const none = "none recognised in your role; "
	near := k.library.Fields(ref).NearNames(l.Role.Line())
	if len(near) == 0 {
		return none + `ksbcoach details --role FIELD names one, such as "Audiology"`
	}
	for i, name := range near {
		near[i] = `"` + name + `"`
	}
	return none + "the nearest are " + words.List(near) + ": ksbcoach details --role " + near[0] + " takes one"
}

// profileCommands are the commands that work on the learner's profile. The sheet commands are left out: when --profile
// names a sheet by mistake, the hint is to take that sheet in, which --profile would turn into nonsense.
var profileCommands = []string{
	"action", "check", "compare", "details", "evidence", "find", "gaps", "goal", "import", "merge", "next",
	"opportunity", "pause", "plan", "privacy",
	"progress", "rate", "reflect", "report", "restore", "review", "round", "status", "target",
}

// withProfile adds --profile, if it was given, to the commands that a sentence names, so that they can be typed as
// they are and work on the same file.
func (k *kit) withProfile(sentence string) string {
	const name = "ksbcoach "
	if k.profilePath == "" || strings.Contains(sentence, "--profile") {
		return sentence
	}
	parts := strings.Split(sentence, name)
	for i := 1; i < len(parts); i++ { // each part after the first begins with a command
		part := parts[i]
		command := strings.TrimRight(strings.Fields(part + " .")[0], ";:.") // the full stop is for an empty part
		namesFile := strings.HasPrefix(part, `check "`)
		if slices.Contains(profileCommands, command) && !strings.Contains(part, "--help") && !namesFile {
			parts[i] = "--profile " + store.Argument(k.profilePath) + " " + part
		}
	}
	return strings.Join(parts, name)
}

// canAsk says whether somebody at a terminal can answer a question.
func (k *kit) canAsk() bool {
	return !k.asJSON() && k.env.IsTerminal(k.env.Stdin) && k.env.IsTerminal(k.env.Stdout)
}

// ask asks a question and returns the line that was typed.
func (k *kit) ask(question string) (string, error) {
	if k.input == nil {
		k.input = bufio.NewReader(io.LimitReader(k.env.Stdin, 1<<16))
	}
	fmt.Fprint(k.out, question)
	if err := k.out.Flush(); err != nil {
		return "", err
	}
	line, err := k.input.ReadString('\n')
	if err != nil && line == "" {
		k.page().Blank()
		return "", withHint(errors.New("nothing was answered, and nothing is changed"), "run the command again")
	}
	return strings.TrimSpace(line), nil
}

// confirm asks whether to make a change. If nobody can be asked, it fails, and the hint says how to do without asking.
func (k *kit) confirm(question, hint string) (bool, error) {
	if !k.canAsk() {
		err := errors.New("nothing is changed: this command asks first, and there is nobody to ask")
		return false, withHint(err, hint)
	}
	yes, err := k.askYesNo("\n" + question + " [y/N] ")
	if err == nil && !yes {
		k.page().next("nothing is changed")
	}
	return yes, err
}

func (k *kit) askYesNo(question string) (bool, error) {
	typed, err := k.ask(question)
	word := strings.ToLower(typed)
	return word == "y" || word == "yes", err
}
