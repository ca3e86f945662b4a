package library

import (
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/search"
)

// Named is what names the KSBs of a standard, to be searched: codes, titles, wording, and the words of the field.
func (l *Library) Named(ref string) *search.Index {
	if s, ok := l.shelves[ref]; ok {
		return s.named()
	}
	return search.New(nil)
}

// Said is what the coaching and the fact cards say, to be searched. The first time it reads all of them, which takes
// long enough to be noticed: see how the full screen does it.
func (l *Library) Said(ref string) *search.Index {
	if s, ok := l.shelves[ref]; ok {
		return s.said()
	}
	return search.New(nil)
}

func (l *Library) nameIndex(ref string) *search.Index {
	aliases := must(coaching.DecodeAliases(l.read(folderOf(ref) + "/aliases.toml")))
	title := func(ksb string) string { return l.Title(ref, ksb) }
	duty := func(number int) string { return l.DutyTitle(ref, number) }
	return search.New(search.Names(l.Standard(ref), title, duty, aliases))
}

func (l *Library) contentIndex(ref string) *search.Index {
	texts := search.Cards(l.Cards(ref))
	for _, id := range l.Standard(ref).Walk() {
		if e, ok := l.Entry(ref, id); ok {
			texts = append(texts, search.Entry(id, e, l.Fields(ref))...)
		}
	}
	return search.New(texts)
}
