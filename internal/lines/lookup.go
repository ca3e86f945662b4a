package lines

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// lookUp reads out documents, and leads to the evidence.
func (t *talk) lookUp() error {
	return t.until(func() error {
		r, p := t.s.Report(), t.s.Profile()
		return t.choose("What would you like to hear?", []option{
			{Text: "Find a statement", Do: func() error { return t.find("") }},
			t.hearing("All gaps, strengths and chances to ask for, in one go", func() doc.Doc {
				return r.Doc(t.o.Library.Scale(), t.s.Titles(), func(gap.Row) bool { return true })
			}),
			t.hearing("Progress since the start, and what it may lead to", func() doc.Doc {
				moments := appraisal.Timeline(p, t.s.Standard(), t.o.Library.Scale(), t.s.Today())
				return appraisal.ProgressDoc(r, p, moments, nil, t.s.Titles(), t.s.DutyTitle)
			}),
			{Text: "Your evidence: " + words.Count(len(p.Evidence), "piece", "pieces"), Do: t.evidence},
			{Text: "The facts behind a duty: laws, codes and standards", Do: t.dutyFacts},
		}, 0)
	})
}

func (t *talk) dutyFacts() error {
	return t.until(func() error {
		return t.choose("Which duty?", lists.Each(t.s.Standard().Duties, func(d standard.Duty) option {
			name := t.s.DutyTitle(d.Number)
			ofDuty := func(c coaching.Card) bool { return slices.Contains(c.Duties, d.Number) }
			return t.hearing(name, func() doc.Doc {
				cards := lists.Where(t.o.Library.Cards(t.s.Standard().Reference), ofDuty)
				return coaching.CardsDoc("Facts behind "+name, cards, t.s.Today())
			})
		}), 0)
	})
}

// sourcesFor offers the facts and the readings behind a KSB, where there are any.
func (t *talk) sourcesFor(ksb string) []option {
	ref := t.s.Standard().Reference
	cards, readings := t.o.Library.CardsFor(ref, ksb), t.o.Library.ReadingsFor(ref, ksb)
	cardsDoc := func() doc.Doc { return coaching.CardsDoc("Facts behind "+ksb, cards, t.s.Today()) }
	readingsDoc := func() doc.Doc { return coaching.ReadingsDoc(readings) }
	return []option{
		offerIf(len(cards) > 0, t.hearing("Hear the facts behind it", cardsDoc)),
		offerIf(len(readings) > 0, t.hearing("Hear what to read for it", readingsDoc)),
	}
}

// evidence lists the pieces of evidence as options, the newest first and a few at a time.
func (t *talk) evidence() error {
	start := 0 // the first one to read out
	return t.until(func() error {
		list := slices.Clone(t.s.Profile().Evidence)
		sorting.By(list, func(a, b profile.Evidence) int { return b.On.Compare(a.On) })
		start = min(start, len(list)/rowsAtOnce*rowsAtOnce)
		options := lists.Each(list[start:min(start+rowsAtOnce, len(list))], func(e profile.Evidence) option {
			detail := strings.Join(e.KSBs, ", ") + ", " + e.On.Long()
			return option{Text: e.Title.Line(), Detail: detail, Do: func() error { return t.openEvidence(e.ID) }}
		})
		left := len(list) - start - rowsAtOnce
		options = append(options,
			offerIf(left > 0, option{
				Text: "Hear more: " + words.Count(left, "piece is", "pieces are") + " left",
				Do:   func() error { start += rowsAtOnce; return nil },
			}),
			offerIf(start > 0, option{Text: "The first ones again", Do: func() error { start = 0; return nil }}),
			t.asking("Add an example", func() error {
				said, err := t.askText(t.ksbField(nil))
				if err != nil {
					return err
				}
				return t.addExample(t.codes(said))
			}),
			t.hearing("Levels above 0 without any evidence", func() doc.Doc {
				return appraisal.WithoutDoc(t.s.Report(), t.o.Library.Scale(), t.s.Titles())
			}))
		return t.choose(words.Count(len(list), "piece", "pieces")+" of evidence, the newest first.", options, 0)
	})
}

// ksbField asks which KSBs something is for, by code or in words.
func (t *talk) ksbField(was []string) field {
	check := func(text string) error {
		codes, unknown := t.s.Standard().ReadCodes(text)
		switch {
		case len(unknown) > 0:
			return profile.UnknownKSB(t.s.Standard(), unknown[0])
		case len(codes) == 0:
			return errors.New(profile.NoCode)
		}
		return nil
	}
	return field{
		ID: "ksbs", Ask: "For which statements?", Required: true,
		Help: "Codes such as K7, S7, or what you call it, such as GDPR.",
		Was:  safetext.New(strings.Join(was, ", ")), Check: check, Interpret: t.resolveCodes,
	}
}

func (t *talk) codes(text safetext.Text) []string {
	codes, _ := t.s.Standard().ReadCodes(text.Line())
	return codes
}

// resolveCodes replaces the words in a list of codes, such as "K7, calibration", by the code that is meant. For each of
// its parts in words it asks which of the KSBs that are found is meant. Words for which nothing is found stay as they
// are.
func (t *talk) resolveCodes(text string) (string, error) {
	var resolved []string
	asked := false
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' }) {
		codes, unknown := t.s.Standard().ReadCodes(part)
		resolved = append(resolved, codes...)
		query := strings.Join(unknown, " ")
		found := t.search(query, []*search.Index{t.o.Library.NameIndex(t.s.Standard().Reference)}).Meant(mostFound)
		if query == "" || len(found) == 0 {
			resolved = append(resolved, unknown...) // for the check of the field to refuse
			continue
		}
		readOut := t.readOut(fmt.Sprintf("Which is meant by %q?", query), lists.Each(found, t.foundOption))
		n, err := t.askNumber(question{InForm: true, ReadOut: readOut}, len(found), 1)
		if err != nil {
			return "", err
		}
		resolved, asked = append(resolved, found[n-1].Of.KSB), true
	}
	text = strings.Join(resolved, ", ")
	codes, unknown := t.s.Standard().ReadCodes(text)
	if asked && len(unknown) == 0 {
		t.tell("That is %s.", t.titled(codes))
	}
	return text, nil
}

func (t *talk) openEvidence(id string) error {
	heardAt := -1 // the revision of the record when it was read out
	return t.until(func() error {
		e, ok := t.s.Profile().Piece(id)
		if !ok {
			return errBack
		}
		if heardAt != t.s.Rev() {
			heardAt = t.s.Rev()
			var d doc.Doc
			appraisal.AddEvidence(&d, e)
			t.document(d)
		}
		return t.choose("What would you like to do with it?", []option{
			t.asking("Link it to other statements", func() error { return t.linkEvidence(e) }),
			t.asking("Change its words or its day", func() error { return t.editEvidence(e) }),
			{Text: "Take it out", Do: func() error {
				ask := "Take out: " + sentence(e.Title.Line()) + " undo brings it back until you leave."
				return t.confirmChange(ask, profile.RemoveEvidence{ID: e.ID}, "It is taken out")
			}},
		}, 0)
	})
}

func (t *talk) linkEvidence(e profile.Evidence) error {
	return t.keep(t.ksbField(e.KSBs), "Kept", func(said safetext.Text) profile.Change {
		return profile.EditEvidence{ID: e.ID, KSBs: new(t.codes(said)), Today: t.s.Today()}
	})
}

func (t *talk) editEvidence(e profile.Evidence) error {
	check := func(d calendar.Date) error { return profile.MayHaveHappened(d, e.On, t.s.Today()) }
	on := &day{Tense: calendar.Past, Offered: e.On, Check: check}
	return t.edit("", []field{
		{ID: "title", Ask: plan.AskExample, Required: true, Was: e.Title, Help: coaching.NoPatients},
		{ID: "on", Ask: "When was it?", Required: true, Day: on},
		{ID: "where", Ask: "Where is it?", Was: e.Where},
		{ID: "witness", Ask: "Who saw it?", Was: e.Witness},
	}, "Changed", func(a answers) profile.Change {
		return profile.EditEvidence{
			ID: e.ID, Title: new(a.text("title")), On: new(a.days["on"]), Where: new(a.text("where")),
			Witness: new(a.text("witness")), Today: t.s.Today(),
		}
	})
}

const (
	mostFound      = 5   // how many matches are read out at a time
	longestExcerpt = 120 // how much is read out of the text around a match, in characters
)

// find looks for a statement, a goal or a piece of evidence by what people call it, and opens the chosen one. While a
// mentor rates blind it only looks for statements, by their codes and published words.
func (t *talk) find(query string) error {
	start := 0 // the first match to read out
	return t.until(func() error {
		for query == "" {
			said, err := t.ask(question{
				Prompt: "Type a code or some words, back, quit, or ?", FreeText: true, InForm: true,
				Help:    "For example K7, GDPR, hand hygiene, or a word of your own notes. A slip or two does no harm.",
				ReadOut: func() { t.tell("What are you looking for?") },
			})
			if err != nil {
				return err
			}
			query, start = said, 0
		}
		found := t.findAll(query)
		if len(found.Hits) == 0 {
			t.tell("Nothing is found for %q. Try fewer words, or other words for the same thing.", query)
			query = ""
			return nil
		}
		if found.Partial {
			t.tell(search.ComesClosest)
		}
		list := found.Hits[start:min(len(found.Hits), start+mostFound)]
		opened := false
		var options []option
		for _, h := range list {
			x := t.foundOption(h)
			x.Do = func() error {
				err := t.openFound(h.Of)
				switch {
				case errors.Is(err, errBack), err == nil && !t.blind:
					return nil // back to the matches
				case err == nil, errors.Is(err, errDuties): // the mentor has rated it, so the search is over
					opened, err = true, errBack
				}
				return err
			}
			options = append(options, x)
		}
		title, usual := words.Count(len(found.Hits), "match", "matches")+".", 1
		if start > 0 {
			title = fmt.Sprintf("%d to %d of %d.", start+1, start+len(list), len(found.Hits))
		}
		if left := len(found.Hits) - start - len(list); left > 0 {
			title = strings.TrimSuffix(title, ".") + "; more words narrow it down."
			options = append(options, option{
				Text: "Hear more, " + strconv.Itoa(left) + " left", Do: func() error { start += mostFound; return nil },
			})
			usual = len(options)
		}
		err := t.choose(title, options, usual)
		if errors.Is(err, errBack) && start > 0 && !opened {
			start -= mostFound
			return nil
		}
		return err
	})
}

// findAll searches the names of the KSBs and, for the learner, the coaching and the record too.
func (t *talk) findAll(query string) search.Found {
	ref := t.s.Standard().Reference
	in := []*search.Index{t.o.Library.NameIndex(ref)}
	if !t.blind {
		in = append(in, t.o.Library.ContentIndex(ref), search.New(search.Record(t.s.Profile())))
	}
	return t.search(query, in)
}

// search is search.Find without the KSBs that a rating sheet does not ask for.
func (t *talk) search(query string, in []*search.Index) search.Found {
	found := search.Find(query, in...)
	found.Hits = slices.DeleteFunc(found.Hits, func(h search.Hit) bool {
		return h.Of.KSB != "" && t.s.Standard().Place(h.Of.KSB) < 0
	})
	return found
}

// foundOption names what was found, with the text in which it was found where that tells more. It has no Do yet.
func (t *talk) foundOption(h search.Hit) option {
	kind := h.Of.Kind() + ": "
	if h.Of.KSB != "" {
		kind = h.Of.KSB + " "
	}
	x := option{Text: kind + h.Of.Title(t.s.Profile(), t.s.Titles())}
	if h.Tells() {
		x.Detail = h.Says(longestExcerpt, "...")
	}
	return x
}

func (t *talk) openFound(of search.Thing) error {
	switch {
	case of.Goal != "":
		return t.goal(of.Goal)
	case of.Piece != "":
		return t.openEvidence(of.Piece)
	}
	return t.openKSB(of.KSB)
}

// rowsAtOnce is how many rows of a list are read out before the next question.
const rowsAtOnce = 5

// gaps reads out the gaps by rank, a few at a time, each with its reasons.
func (t *talk) gaps() error {
	start := 0 // the first one to read out
	return t.until(func() error {
		r := t.s.Report()
		rows := r.Gaps()
		if len(rows) == 0 {
			if r.Tally(0).Rated == 0 {
				t.tell("Nothing is rated yet, so no gaps are known. Rate a duty first.")
			} else {
				t.tell("There are no gaps: all that is rated is at its target or above.")
			}
			return errBack
		}
		if start >= len(rows) {
			start = 0
		}
		if start == 0 {
			t.tell("%s, in this order: %s.", words.Count(len(rows), "gap", "gaps"), gap.RankRule)
		}
		end := min(start+rowsAtOnce, len(rows))
		prompt := "Type " + numbersUpTo(end) + " to open it"
		switch {
		case end < len(rows):
			prompt += fmt.Sprintf(", Enter for more, %d left", len(rows)-end)
		case start > 0:
			prompt += ", Enter for the first ones again"
		}
		n, err := t.readNumber(question{
			Prompt: prompt + ", or back, find, quit, or ?",
			Help:   "A number opens that statement: what to do about it, and its coaching. Enter reads on.",
			ReadOut: func() {
				for i, x := range rows[start:end] {
					t.item("%d. %s %s: %s", start+i+1, x.KSB.ID, t.s.Titles()(x.KSB.ID), r.InFull(x))
				}
			},
		}, end, 0, end < len(rows) || start > 0)
		switch {
		case errors.Is(err, errBack) && start > 0:
			start -= rowsAtOnce
			return nil
		case err != nil:
			return err
		case n == 0:
			start += rowsAtOnce
			return nil
		}
		return t.statement(rows[n-1].KSB.ID)
	})
}

// statement reads out a KSB with its level, and asks what to do with it.
func (t *talk) statement(ksb string) error {
	return t.until(func() error {
		row, ok := t.s.Report().Row(ksb)
		if !ok {
			return errBack
		}
		t.page.Blank()
		t.tell("%s %s. %s", ksb, t.s.Titles()(ksb), sentence(row.KSB.Text))
		t.tell("%s. %s.", words.Capital(row.AgainstTarget(t.s.Today())),
			words.Capital(words.Count(row.Evidence, "piece of evidence", "pieces of evidence")))
		options := []option{
			{Text: "Rate it", Do: func() error { return t.walk([]string{ksb}) }},
			{Text: "Plan a goal for it", Do: func() error { return t.planFor(ksb) }},
			{Text: "Hear its coaching", Do: func() error { t.readCoaching(row); return nil }},
			t.asking("Add an example", func() error { return t.addExample([]string{ksb}) }),
		}
		options = append(options, t.sourcesFor(ksb)...)
		return t.choose("What would you like to do?", options, 0)
	})
}
