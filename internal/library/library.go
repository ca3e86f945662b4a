// Package library gives access to the content built into the program: the standard, the scale, short titles, coaching,
// fact cards and models. It reads each file when it is first needed, since most runs need few of them. It reads only
// the embedded seeds; for a learner's files there is package store.
package library

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/seeds"
)

// Default is the reference of the standard that new profiles use.
const Default = "ST0413"

// Library is the content. Several goroutines may call its methods. A seed file that cannot be read means a broken
// build, and panics; the tests read every file.
type Library struct {
	files      fs.FS
	start      func() Start
	scale      func() *level.Scale
	reflection func() *coaching.Reflection
	appraisal  func() *coaching.Appraisal
	demo       func() profile.Profile // as of demoDay
	shelves    map[string]*shelf      // by reference; never written after New
	overlay    []coaching.Card
}

// A shelf is the content for one standard.
type shelf struct {
	standard func() *standard.Standard
	cards    func() []coaching.Card
	fields   func() *coaching.Fields
	readings func() []coaching.Reading
	growth   func() *coaching.Growth
	names    func() *search.Index
	content  func() *search.Index

	mu      sync.Mutex
	entries map[string]*coaching.Entry // those read so far; nil for a KSB without one
}

type titles struct {
	Duty map[string]string `toml:"duty"`
	KSB  map[string]string `toml:"ksb"`
}

// references are the standards that there are.
var references = []string{Default}

// New is the library of the embedded content.
func New() *Library { return From(seeds.FS) }

// From is a library of other content, in files arranged like the seeds.
func From(files fs.FS) *Library {
	l := &Library{files: files, shelves: map[string]*shelf{}}
	l.start = sync.OnceValue(func() Start {
		return unpacked(files, StartFile, func() (Start, error) { return ReadStart(files) })
	})
	l.scale = sync.OnceValue(func() *level.Scale { return must(l.start().Scale.Scale()) })
	l.reflection = sync.OnceValue(func() *coaching.Reflection {
		return must(coaching.DecodeReflection(l.read("reflection.toml")))
	})
	l.appraisal = sync.OnceValue(func() *coaching.Appraisal {
		return must(coaching.DecodeAppraisal(l.read("appraisal.toml")))
	})
	l.demo = sync.OnceValue(func() profile.Profile {
		return must(file.Decode([]byte(l.read("demo.toml")), l.Standard)).Profile
	})
	for _, ref := range references {
		dir := folderOf(ref)
		l.shelves[ref] = &shelf{
			entries: map[string]*coaching.Entry{},
			standard: sync.OnceValue(func() *standard.Standard {
				return must(l.start().Standards[ref].Standard.Standard())
			}),
			cards: sync.OnceValue(func() []coaching.Card { return l.readCards(ref) }),
			fields: sync.OnceValue(func() *coaching.Fields {
				f := unpacked(files, dir+"/"+FieldsFile, func() (coaching.Fields, error) {
					f, err := readFields(files, ref)
					return *f, err
				})
				return &f
			}),
			readings: sync.OnceValue(func() []coaching.Reading {
				return must(coaching.DecodeReadings(l.read(dir + "/readings.toml")))
			}),
			growth: sync.OnceValue(func() *coaching.Growth {
				return must(coaching.DecodeGrowth(l.read(dir + "/links.toml")))
			}),
			names:   sync.OnceValue(func() *search.Index { return l.newNameIndex(ref) }),
			content: sync.OnceValue(func() *search.Index { return l.newContentIndex(ref) }),
		}
	}
	return l
}

func must[T any](v T, err error) T {
	if err != nil {
		panic("seeds: " + err.Error())
	}
	return v
}

func (l *Library) read(name string) string { return string(must(fs.ReadFile(l.files, name))) }

// References are the references of the standards that the library has.
func (l *Library) References() []string { return slices.Clone(references) }

// Standard is the standard with a reference; nil if there is none.
func (l *Library) Standard(ref string) *standard.Standard {
	if s, ok := l.shelves[ref]; ok {
		return s.standard()
	}
	return nil
}

// Preload reads what every screen needs of a standard, on a goroutine of its own while the profile is being opened.
func (l *Library) Preload(ref string) {
	l.scale()
	l.Standard(ref)
}

// Scale is the scale of levels.
func (l *Library) Scale() *level.Scale { return l.scale() }

// Reflection has the models of reflection.
func (l *Library) Reflection() *coaching.Reflection { return l.reflection() }

// Appraisal has the theory and practice of appraisal.
func (l *Library) Appraisal() *coaching.Appraisal { return l.appraisal() }

// Title is the short title of a KSB, or the start of its text if it has none. For an unknown code it is the code.
func (l *Library) Title(ref, ksb string) string {
	s, ok := l.shelves[ref]
	if !ok {
		return ksb
	}
	if t := l.start().Standards[ref].Titles.KSB[ksb]; t != "" {
		return t
	}
	k, ok := s.standard().KSB(ksb)
	if !ok {
		return ksb
	}
	return shortened(k.Text)
}

// DutyTitle is the short title of a duty, or the start of its text if it has none.
func (l *Library) DutyTitle(ref string, number int) string {
	s, ok := l.shelves[ref]
	if !ok {
		return ""
	}
	if t := l.start().Standards[ref].Titles.Duty[strconv.Itoa(number)]; t != "" {
		return t
	}
	d, _ := s.standard().Duty(number)
	return shortened(d.Text)
}

const titleRunes = 38 // the longest title that shortened makes

// shortened is the start of a text, to stand in for a title.
func shortened(text string) string {
	runes := []rune(text)
	if len(runes) <= titleRunes {
		return strings.TrimSuffix(text, ".")
	}
	return strings.TrimSpace(string(runes[:titleRunes-1])) + "…"
}

// Entry is the coaching of a KSB; false if there is none.
func (l *Library) Entry(ref, ksb string) (coaching.Entry, bool) {
	s, ok := l.shelves[ref]
	if !ok || s.standard().Place(ksb) < 0 {
		return coaching.Entry{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.entries[ksb]
	if !ok {
		name := path.Join(folderOf(ref), "coaching", ksb+".toml")
		if src, err := fs.ReadFile(l.files, name); err == nil {
			x, err := coaching.DecodeEntry(string(src))
			if err != nil {
				panic(fmt.Sprintf("seeds: %s: %v", name, err))
			}
			e = &x
		}
		s.entries[ksb] = e
	}
	if e == nil {
		return coaching.Entry{}, false
	}
	return *e, true
}

// Fields are the fields of healthcare science that a standard serves; empty for a standard without a list. Preload does
// not read them, since the first screen does not need them.
func (l *Library) Fields(ref string) *coaching.Fields {
	if s, ok := l.shelves[ref]; ok {
		return s.fields()
	}
	return &coaching.Fields{}
}

// Growth says which KSBs of a standard grow together, and has the small projects that serve several. Preload does not
// read it.
func (l *Library) Growth(ref string) *coaching.Growth {
	if s, ok := l.shelves[ref]; ok {
		return s.growth()
	}
	return &coaching.Growth{}
}

func (l *Library) readCards(ref string) []coaching.Card {
	var out []coaching.Card
	for _, d := range l.shelves[ref].standard().Duties {
		name := fmt.Sprintf("%s/facts/duty-%02d.toml", folderOf(ref), d.Number)
		cards, err := coaching.DecodeCards(l.read(name), d.Number)
		if err != nil {
			panic(fmt.Sprintf("seeds: %s: %v", name, err))
		}
		out = append(out, cards...)
	}
	return out
}

// Overlay adds a learner's own fact cards to the built-in ones; a card with the same ID replaces ours. It must be
// called before the library is shared between goroutines.
func (l *Library) Overlay(cards []coaching.Card) { l.overlay = cards }

// Cards are the fact cards of a standard, in duty order.
func (l *Library) Cards(ref string) []coaching.Card {
	s, ok := l.shelves[ref]
	if !ok {
		return nil
	}
	out := slices.Clone(s.cards())
	for _, c := range l.overlay {
		if i := slices.IndexFunc(out, func(x coaching.Card) bool { return x.ID == c.ID }); i >= 0 {
			if len(c.Duties) == 0 {
				c.Duties = out[i].Duties
			}
			out[i] = c
			continue
		}
		out = append(out, c)
	}
	return out
}

// CardsFor are the fact cards that serve a KSB.
func (l *Library) CardsFor(ref, ksb string) []coaching.Card {
	return lists.Where(l.Cards(ref), func(c coaching.Card) bool { return slices.Contains(c.KSBs, ksb) })
}

// ReadingsFor are what is worth reading for a KSB. A skill without any has those of the knowledge with its number, such
// as K7 for S7.
func (l *Library) ReadingsFor(ref, ksb string) []coaching.Reading {
	found := l.readings(ref, func(r coaching.Reading) bool { return slices.Contains(r.KSBs, ksb) })
	if number, skill := strings.CutPrefix(ksb, "S"); skill && len(found) == 0 {
		return l.ReadingsFor(ref, "K"+number)
	}
	return found
}

// ReadingsOn are what is worth reading about a theory.
func (l *Library) ReadingsOn(ref, theory string) []coaching.Reading {
	return l.readings(ref, func(r coaching.Reading) bool { return slices.Contains(r.Theories, theory) })
}

func (l *Library) readings(ref string, keep func(coaching.Reading) bool) []coaching.Reading {
	if s, ok := l.shelves[ref]; ok {
		return lists.Where(s.readings(), keep)
	}
	return nil
}

// NameIndex is what names the KSBs of a standard, to be searched: codes, titles, wording, and the words of the field.
func (l *Library) NameIndex(ref string) *search.Index {
	if s, ok := l.shelves[ref]; ok {
		return s.names()
	}
	return search.New(nil)
}

// ContentIndex has what the coaching and the fact cards say, for searching. The first call reads all of them, which
// takes long enough to be noticed: the full screen does it in the background.
func (l *Library) ContentIndex(ref string) *search.Index {
	if s, ok := l.shelves[ref]; ok {
		return s.content()
	}
	return search.New(nil)
}

func (l *Library) newNameIndex(ref string) *search.Index {
	aliases := must(coaching.DecodeAliases(l.read(folderOf(ref) + "/aliases.toml")))
	title := func(ksb string) string { return l.Title(ref, ksb) }
	duty := func(number int) string { return l.DutyTitle(ref, number) }
	return search.New(search.Names(l.Standard(ref), title, duty, aliases))
}

func (l *Library) newContentIndex(ref string) *search.Index {
	texts := search.Cards(l.Cards(ref))
	for _, id := range l.Standard(ref).Walk() {
		if e, ok := l.Entry(ref, id); ok {
			texts = append(texts, search.Entry(id, e, l.Fields(ref))...)
		}
	}
	return search.New(texts)
}

// demoDay is the day for which seeds/demo.toml is written.
var demoDay = calendar.Of(2026, 11, 22)

// DemoPosition is the KSB where the sample learner stopped rating.
const DemoPosition = "K21"

// Demo is the sample learner, with all dates moved so that she is as far along today as in the seed on demoDay. She is
// always the same on the same day.
func (l *Library) Demo(today calendar.Date) profile.Profile {
	p := file.Moved(l.demo(), demoDay.Days(today))
	p.Learner.Gateway = p.Learner.Start.AddMonths(profile.ProgrammeMonths)
	std := l.Standard(p.Standard)
	for i, r := range p.Reviews {
		p.Reviews[i] = p.WithKept(r)
		p.Reviews[i].Hash = appraisal.Hash(appraisal.Record(p, std, p.Reviews[i]))
	}
	return p
}
