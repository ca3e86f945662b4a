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

// A page is what a command says to people.
type page struct {
	export.Page
	reads bool                // it goes to a terminal, and not to a script
	here  func(string) string // see kit.here
}

// Lines longer than maxWidth are hard to read even where there is room.
const (
	minWidth = 40
	maxWidth = 100
)

func (k *kit) page() *page {
	n := k.env.Columns()
	return &page{export.Page{Out: k.out, Width: widthOf(n)}, n > 0, k.here}
}

// widthOf is how wide text is set on a terminal of so many columns; 0 for no terminal.
func widthOf(columns int) int {
	if columns == 0 {
		return export.PlainWidth
	}
	return min(max(columns-1, minWidth), maxWidth)
}

func (p *page) document(d doc.Doc) { _, _ = p.Out.Write(export.Text(d, p.Width)) }

// message writes one line to a script, and wraps it on a terminal.
func (p *page) message(format string, args ...any) {
	if p.reads {
		p.Para(0, format, args...)
		return
	}
	p.Line(format, args...)
}

// labelWidth is the column of labels.
const labelWidth = 14

// path writes the name of a file behind a label. It stays on one line, however long, so that it can be copied.
func (p *page) path(label, name string) {
	p.Line("%s", export.Pad(label, labelWidth)+safetext.Line(name))
}

// next is the last line of every command that reads: what to do now.
func (p *page) next(format string, args ...any) {
	p.Blank()
	p.Hang("next: ", p.here(fmt.Sprintf(format, args...)))
}

// paras writes texts as paragraphs, without those that are empty.
func (p *page) paras(texts ...string) {
	for _, text := range texts {
		if text != "" {
			p.Para(0, "%s", text)
		}
	}
}

// fact writes a label with what it is for, or nothing where that is empty.
func (p *page) fact(label, says string) {
	if says != "" {
		p.Pair(0, labelWidth, label, "%s", says)
	}
}

// section writes a heading with a list below it, or nothing where there is nothing to list.
func (p *page) section(heading string, items ...string) {
	var d doc.Doc
	d.Section(heading, items)
	p.document(d)
}

// aged lists the agreements that the learner has rated otherwise since.
func (p *page) aged(s *session.Session) {
	p.section(appraisal.AgedHeading, lists.Each(appraisal.Aged(s.Report(), s.Titles()), appraisal.Point.Line)...)
}

// prose writes a heading with a paragraph below it, or nothing where there is no text.
func (p *page) prose(heading, text string) {
	if text != "" {
		p.document(doc.Doc{Blocks: []doc.Block{doc.Heading{Text: heading}, doc.Para{Depth: 1, Text: text}}})
	}
}

// readingWords are a reading in a paragraph, with its address where one was found.
func readingWords(r coaching.Reading) string {
	words := fmt.Sprintf("%s (%d minutes)", r.Cite, r.Minutes)
	if r.URL != "" {
		words += " " + r.URL
	}
	return words + " Ask: " + r.Question
}

// ratedBy says who gave which level, such as "2, Supported, by R. Lindqvist".
func ratedBy(scale *level.Scale, l level.Level, by profile.Rater, who safetext.Text) string {
	what := scale.Words(l).Name
	if l != level.NoOpportunity {
		what = l.String() + ", " + what
	}
	switch {
	case by == profile.Mentor:
		what += ", by " + appraisal.MentorName(who)
	case by == profile.Agreed && who.Empty():
		what += ", agreed"
	case by == profile.Agreed:
		what += ", agreed with " + who.Line()
	}
	return what
}

func sayFollowing(p *page, next *profile.Action) {
	if next == nil {
		return
	}
	by := ""
	if !next.Due.IsZero() {
		by = ", by " + next.Due.Full()
	}
	p.Para(0, "it continues as %s: %s%s", next.ID, next.Text.Line(), by)
}

// sayDue says the day that was understood, with its weekday.
func sayDue(p *page, due calendar.Date) {
	if !due.IsZero() {
		p.Para(2, "by %s", due.Full())
	}
}

// field is the field that a role is understood as, or "".
func (k *kit) field(ref string, l profile.Learner) string {
	return k.library.Fields(ref).Understood(l.Role.Line())
}

// fieldSays says which field coaching draws its examples from, or what to type for one; nothing where there is no role.
func (k *kit) fieldSays(ref string, l profile.Learner) string {
	if l.Role.Empty() {
		return ""
	}
	if known := k.field(ref, l); known != "" {
		return known
	}
	says := "none recognised in your role"
	near := k.library.Fields(ref).NearNames(l.Role.Line())
	if len(near) == 0 {
		return says + `; ksbcoach details --role FIELD names one, such as "Audiology"`
	}
	for i, name := range near {
		near[i] = `"` + name + `"`
	}
	return says + "; the nearest are " + words.List(near) + ": ksbcoach details --role " + near[0] + " takes one"
}

// onProfile are the commands that read or write the profile, and not files that they are given. Those of a sheet are
// not among them: where a sheet was given for the profile, they take it in.
var onProfile = []string{
	"action", "check", "compare", "details", "evidence", "find", "gaps", "goal", "import", "merge", "next",
	"opportunity", "pause", "plan", "privacy",
	"progress", "rate", "reflect", "report", "restore", "review", "round", "status", "target",
}

// here names the profile of --profile in the commands of a sentence, so that they can be typed as they stand and are
// about the same file.
func (k *kit) here(says string) string {
	const name = "ksbcoach "
	if k.file == "" || strings.Contains(says, "--profile") {
		return says
	}
	parts := strings.Split(says, name)
	for i, part := range parts[1:] {
		command := strings.TrimRight(strings.Fields(part + " .")[0], ";:.")
		if slices.Contains(onProfile, command) && !strings.Contains(part, "--help") &&
			!strings.HasPrefix(part, `check "`) {
			parts[i+1] = "--profile " + store.Argument(k.file) + " " + part
		}
	}
	return strings.Join(parts, name)
}

// asks says whether there is somebody to ask.
func (k *kit) asks() bool {
	return !k.asJSON() && k.env.IsTerminal(k.env.Stdin) && k.env.IsTerminal(k.env.Stdout)
}

// ask asks one question and gives what was typed.
func (k *kit) ask(question string) (string, error) {
	if k.answers == nil {
		k.answers = bufio.NewReader(io.LimitReader(k.env.Stdin, 1<<16))
	}
	fmt.Fprint(k.out, question)
	if err := k.out.Flush(); err != nil {
		return "", err
	}
	line, err := k.answers.ReadString('\n')
	if err != nil && line == "" {
		k.page().Blank()
		return "", withHint(errors.New("nothing was answered, and nothing is changed"), "run the command again")
	}
	return strings.TrimSpace(line), nil
}

// mayGoOn asks before something is changed. Where nobody is there to ask, hint says how to do without.
func (k *kit) mayGoOn(question, hint string) (bool, error) {
	if !k.asks() {
		return false, withHint(errors.New("nothing is changed: it asks first, and here is nobody to ask"), hint)
	}
	yes, err := k.sure("\n" + question + " [y/N] ")
	if err == nil && !yes {
		k.page().next("nothing is changed")
	}
	return yes, err
}

func (k *kit) sure(question string) (bool, error) {
	typed, err := k.ask(question)
	word := strings.ToLower(typed)
	return word == "y" || word == "yes", err
}
