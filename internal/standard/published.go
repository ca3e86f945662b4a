package standard

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// LineError says what is wrong with a published text, and where.
type LineError struct {
	Line int // counted from 1
	Msg  string
	Hint string
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Msg) }

// MaxPublished is the largest published text that is read, in bytes. The longest we have seen has 60 kB.
const MaxPublished = 1 << 20

// The patterns are compiled when they are first used, since most runs of the program read no published text.
var (
	dutyRow   = pattern(`^Duty ([0-9]{1,3}) ([^\t]+)\t([^\t]+)$`)
	ksbRow    = pattern(`^([KSB][0-9]{1,3}): (.+)$`)
	levelOf   = pattern(`^Level ([2-8])$`)
	reference = pattern(`^ST[0-9]{4}$`)
	titleRow  = pattern(`^L[2-8]: `)
)

func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// published reads the text line by line, with one method for each part of the page.
type published struct {
	lines []string
	at    int // index of the next line
	out   Standard
}

// ParsePublished reads the text that one gets by copying the web page of a standard. It reads one layout: labelled
// lines, then "Occupation duties" with a tab between a duty and its KSBs, then "KSBs" with Knowledge, Skills and
// Behaviours. For any other layout it returns a *LineError.
func ParsePublished(text string) (*Standard, error) {
	if len(text) > MaxPublished {
		return nil, &LineError{
			1, fmt.Sprintf("the text is longer than %d bytes", MaxPublished),
			"give the text of one standard",
		}
	}
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff")
	p := &published{lines: strings.Split(text, "\n")}
	for _, read := range []func() error{p.head, p.duties, p.ksbs} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	if err := p.out.finish(); err != nil {
		return nil, &LineError{p.at + 1, err.Error(), "compare the duties with the KSBs of the published page"}
	}
	return &p.out, nil
}

// next is the next line that is not blank, and false at the end.
func (p *published) next() (string, bool) {
	for p.at < len(p.lines) {
		line := strings.TrimRight(p.lines[p.at], " \t")
		p.at++
		if strings.TrimSpace(line) != "" {
			return line, true
		}
	}
	return "", false
}

// until moves on to behind the next line that reads want.
func (p *published) until(want string) error {
	from := p.at
	for line, ok := p.next(); ok; line, ok = p.next() {
		if line == want {
			return nil
		}
	}
	p.at = from
	return p.fail(fmt.Sprintf("no line %q from here on", want),
		"copy the whole page of the standard, headings included")
}

func (p *published) fail(msg, hint string) error { return &LineError{max(p.at, 1), msg, hint} }

// after is the first line below a label.
func (p *published) after(label string) (string, error) {
	if err := p.until(label); err != nil {
		return "", err
	}
	line, ok := p.next()
	if !ok {
		return "", p.fail(fmt.Sprintf("there is nothing below %q", label), "copy the whole page of the standard")
	}
	return line, nil
}

func (p *published) head() error {
	p.out.Status = p.status()
	p.at = 0
	var err error
	if p.out.Title, err = p.after("Title of occupation"); err != nil {
		return err
	}
	if p.out.Reference, err = p.after("UOS reference number"); err != nil {
		return err
	}
	if !reference().MatchString(p.out.Reference) {
		return p.fail(fmt.Sprintf("%q is not a reference", p.out.Reference), "a reference is ST and four digits")
	}
	level, err := p.after("Level of occupation")
	if err != nil {
		return err
	}
	m := levelOf().FindStringSubmatch(level)
	if m == nil {
		return p.fail(fmt.Sprintf("%q is not a level", level), `write "Level" and a number from 2 to 8`)
	}
	p.out.Level, err = strconv.Atoi(m[1])
	return err
}

// status is the line above the one that repeats level and title, or "" if the page has no such line.
func (p *published) status() string {
	before := ""
	for line, ok := p.next(); ok; line, ok = p.next() {
		if titleRow().MatchString(line) {
			return before
		}
		if line == "Title of occupation" {
			break
		}
		before = line
	}
	return ""
}

func (p *published) duties() error {
	if err := p.until("Occupation duties"); err != nil {
		return err
	}
	line, _ := p.next()
	if line != "DUTY\tKSBS" {
		return p.fail("the table of duties does not start with DUTY, a tab and KSBS",
			"keep the tab between the two columns when you copy")
	}
	for {
		line, ok := p.next()
		if !ok || line == "KSBs" {
			return nil
		}
		m := dutyRow().FindStringSubmatch(line)
		if m == nil {
			return p.fail("this line is not a duty", "a duty reads: Duty, its number, its text, a tab, its KSBs")
		}
		number, err := strconv.Atoi(m[1])
		if err != nil {
			return err
		}
		p.out.Duties = append(p.out.Duties, Duty{number, m[2], strings.Fields(m[3])})
	}
}

func (p *published) ksbs() error {
	for _, part := range []struct {
		heading string
		kind    Kind
	}{{"Knowledge", Knowledge}, {"Skills", Skill}, {"Behaviours", Behaviour}} {
		line, _ := p.next()
		if line != part.heading {
			return p.fail(fmt.Sprintf("the heading %q is missing", part.heading),
				"KSBs come as Knowledge, Skills, Behaviours")
		}
		if err := p.statements(part.kind); err != nil {
			return err
		}
	}
	return nil
}

// statements reads the KSBs of one kind, up to the next line that is not one.
func (p *published) statements(kind Kind) error {
	n := 0
	for {
		line, ok := p.next()
		m := ksbRow().FindStringSubmatch(line)
		if !ok || m == nil {
			p.at--
			break
		}
		n++
		if want := fmt.Sprintf("%c%d", kind, n); m[1] != want {
			return p.fail(fmt.Sprintf("found %s where %s is expected", m[1], want),
				"KSBs count up from 1 without gaps")
		}
		p.out.KSBs = append(p.out.KSBs, KSB{ID: m[1], Text: m[2]})
	}
	if n == 0 {
		return p.fail(fmt.Sprintf("no %s statements here", kind), fmt.Sprintf("each reads: %c1: and the text", kind))
	}
	return nil
}
