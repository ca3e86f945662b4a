package seeds_test

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// content is all that the linter reads, as values, so that its checks can be fed broken content as well.
type content struct {
	names      []string // of every file
	standard   *standard.Standard
	titles     titles
	others     []string // KSBs whose own wording includes supporting others
	entries    []entry
	cards      []card
	fields     coaching.Fields
	reflection coaching.Reflection
	appraisal  coaching.Appraisal
	readings   []coaching.Reading
	growth     coaching.Growth
	aliases    []coaching.Alias
}

// An entry is the coaching of one KSB and the file it stands in.
type entry struct {
	file string
	coaching.Entry
}

// titles are the short titles of duties and KSBs.
type titles struct {
	Duty map[string]string `toml:"duty"`
	KSB  map[string]string `toml:"ksb"`
}

// A card is a fact card as written, with the file and the duty it belongs to.
type card struct {
	file string
	duty int

	ID        string   `toml:"id"`
	Title     string   `toml:"title"`
	KSBs      []string `toml:"ksbs"`
	Authority string   `toml:"authority"`
	Facts     []string `toml:"facts"`

	URL        string          `toml:"url"`
	Locator    string          `toml:"locator"`
	Status     coaching.Status `toml:"status"`
	Changed    string          `toml:"changed"`
	Since      day             `toml:"since"`
	Supersedes string          `toml:"supersedes"`
	Fields     []string        `toml:"fields"`

	Checked  day  `toml:"checked"`
	ReviewBy day  `toml:"review_by"`
	Confirm  bool `toml:"confirm"`
}

// A day is a date as written. It is no day when something else stands there: a time, or a text.
type day struct {
	time time.Time
	ok   bool
}

// UnmarshalTOML keeps the difference between a date and a time of day, which the parser marks by the time zone.
func (d *day) UnmarshalTOML(v any) error {
	d.time, d.ok = v.(time.Time)
	d.ok = d.ok && d.time.Location().String() == "date-local"
	return nil
}

// The files of one standard, below the root of the seeds.
const (
	titlesFile     = "st0413/titles.toml"
	fieldsFile     = "st0413/specialisms.toml"
	standardFile   = "st0413/standard.toml"
	aliasesFile    = "st0413/aliases.toml"
	coachingDir    = "st0413/coaching"
	factsDir       = "st0413/facts"
	levelsFile     = "levels.toml"
	reflectionFile = "reflection.toml"
	appraisalFile  = "appraisal.toml"
)

// load reads all content strictly: a key that nobody reads is a problem, since a misspelt one would be silence on the screen.
func load(files fs.FS) (content, problems) {
	l := loader{files: files}
	c := &l.content
	l.list()
	var err error
	if c.standard, err = standard.Decode(l.read(standardFile)); err != nil {
		l.found.add(at(standardFile, "(file)"), "run go generate ./seeds", "%v", err)
		return *c, l.found
	}
	l.decode(titlesFile, &c.titles)
	l.decode(fieldsFile, &c.fields)
	l.decode(reflectionFile, &c.reflection)
	l.decode(appraisalFile, &c.appraisal)
	l.readings()
	l.decode(linksFile, &l.content.growth)
	var called struct {
		Alias []coaching.Alias `toml:"alias"`
	}
	l.decode(aliasesFile, &called)
	c.aliases = called.Alias
	var scale struct {
		Others map[string][]string `toml:"others"`
	}
	if _, err := toml.Decode(l.read(levelsFile), &scale); err != nil {
		l.found.add(at(levelsFile, "(file)"), "mend the line it names", "%v", err)
	}
	c.others = scale.Others[c.standard.Reference]
	for _, name := range c.names {
		l.coachingOrFacts(name)
	}
	return *c, l.found
}

type loader struct {
	files   fs.FS
	content content
	found   problems
}

func (l *loader) list() {
	err := fs.WalkDir(l.files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == "packed":
			return fs.SkipDir
		case !d.IsDir() && path.Ext(name) != ".go" && name != "README.md":
			l.content.names = append(l.content.names, name)
		}
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("the files cannot be listed: %v", err))
	}
}

func (l *loader) read(name string) string {
	b, err := fs.ReadFile(l.files, name)
	if err != nil {
		l.found.add(at(name, "(file)"), "put the file back", "%v", err)
	}
	return string(b)
}

func (l *loader) decode(name string, into any) {
	md, err := toml.Decode(l.read(name), into)
	if err != nil {
		l.found.add(at(name, "(file)"), "mend the line it names", "%v", err)
		return
	}
	for _, k := range md.Undecoded() {
		l.found.add(at(name, k.String()), "spell it as seeds/README.md does", "unknown key")
	}
}

func (l *loader) coachingOrFacts(name string) {
	switch path.Dir(name) {
	case coachingDir:
		e := entry{file: name}
		l.decode(name, &e.Entry)
		l.content.entries = append(l.content.entries, e)
	case factsDir:
		var f struct {
			Fact []card `toml:"fact"`
		}
		l.decode(name, &f)
		for _, c := range f.Fact {
			c.file, c.duty = name, dutyOf(name)
			l.content.cards = append(l.content.cards, c)
		}
	}
}

var factsName = regexp.MustCompile(`^duty-(\d\d)\.toml$`)

// dutyOf is the number of the duty that a file of facts belongs to; 0 when its name says none.
func dutyOf(name string) int {
	m := factsName.FindStringSubmatch(path.Base(name))
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // two digits
	return n
}

// fields are all the texts of an entry, in the order of seeds/README.md.
func (e entry) fields() []field {
	var out []field
	add := func(kind, key, text string) { out = append(out, field{e.file, key, kind, text}) }
	for _, x := range [][2]string{
		{"good", e.Good},
		{"two_to_three", e.TwoToThree},
		{"three_to_four", e.ThreeToFour},
		{"prompt", e.Prompt},
		{"support", e.Support},
		{"patients", e.Patients},
	} {
		add(x[0], x[0], x[1])
	}
	for _, x := range [][2]string{
		{"scope", e.Scope},
		{"zero_to_one", e.ZeroToOne},
		{"one_to_two", e.OneToTwo},
		{"early_prompt", e.EarlyPrompt},
		{"goal zero_to_one", e.Goals.ZeroToOne},
		{"goal one_to_two", e.Goals.OneToTwo},
		{"goal two_to_three", e.Goals.TwoToThree},
		{"goal three_to_four", e.Goals.ThreeToFour},
		{"goal prove", e.Goals.Prove},
	} {
		if x[1] != "" { // checkWhole says which of them a finished entry needs
			add(x[0], x[0], x[1])
		}
	}
	list := func(name, key string, i int, text string) {
		add(strings.TrimSpace(name+" "+key), strings.TrimSpace(fmt.Sprintf("%s %d %s", name, i+1, key)), text)
	}
	for i, q := range e.Questions {
		list("questions", "", i, q)
	}
	for i, q := range e.EarlyQuestions {
		list("early_questions", "", i, q)
	}
	for i, x := range e.Examples {
		list("example", "text", i, x.Text)
	}
	for i, a := range e.Actions {
		list("action", "text", i, a.Text)
		list("action", "who", i, a.Who)
		list("action", "result", i, a.Result)
	}
	for i, x := range e.Evidence {
		list("evidence", "shows", i, x.Shows)
		list("evidence", "weakness", i, x.Weakness)
	}
	for i, x := range e.Exemplars {
		list("exemplar", "text", i, string(x.Text))
		list("exemplar", "margin", i, x.Margin)
	}
	return out
}

// labels are the kinds of field that are a short phrase.
var labels = []string{"action who", "action result", "bundle name", "bundle agree", "step who", "step result"}

// label says whether a field is a short phrase and not sentences: a role, or a thing to bring back.
func (f field) label() bool {
	return slices.Contains(labels, f.kind)
}

// goal says whether a field is a goal, which is a sentence without a full stop, since it stands in lists and tables.
func (f field) goal() bool { return strings.HasPrefix(f.kind, "goal ") || f.kind == "bundle goal" }
