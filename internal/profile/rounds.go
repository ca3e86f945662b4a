package profile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Differ records that learner and mentor see a KSB differently and have left it at that for now.
type Differ struct {
	On   calendar.Date
	Note safetext.Text // what evidence would decide it, or what each of them saw
}

// equalReason is what earlier versions of the program wrote as the reason if both had given the same level. Nobody said
// it, so it is not shown.
const equalReason = "we both saw it the same"

// GivenReason is the reason for an agreed rating that a person gave, or empty.
func (r Rating) GivenReason() safetext.Text {
	if r.Reason.Raw() == equalReason {
		return safetext.Text{}
	}
	return r.Reason
}

// Equal lists, by code, the KSBs to which the learner and all mentors gave the same level in this round, and which can
// be agreed without a reason. It leaves out what has been agreed since, what was agreed in this round for a reason, and
// what either changed after the reveal: these were talked over, so agreeing them needs a reason.
func (r Round) Equal() []string { return slices.DeleteFunc(r.sameLevels(), r.reasoned) }

// EqualBy splits Equal into the KSBs that this mentor rated too and those that only others rated, which cannot be
// agreed while those others are not there. Without a name, all are own.
func (r Round) EqualBy(mentor safetext.Text) (own, others []string) {
	for _, id := range r.Equal() {
		if mentor.Empty() || slices.ContainsFunc(r.Mentors(id), isBy(mentor)) {
			own = append(own, id)
		} else {
			others = append(others, id)
		}
	}
	return own, others
}

// Reasoned lists the KSBs that Equal leaves out because another level than the one that all give now was agreed in this
// round, for a reason.
func (r Round) Reasoned() []string {
	return slices.DeleteFunc(r.sameLevels(), func(id string) bool {
		return !r.reasoned(id) || r.Ratings[Agreed][id].Level == r.Ratings[Self][id].Level
	})
}

// sameLevels lists, by code, the KSBs to which the learner and all mentors gave the same level in this round without a
// change after the reveal, and which have not been agreed since.
func (r Round) sameLevels() []string {
	var out []string
	for id, self := range r.Ratings[Self] {
		if sameLevel(self.Level, r.Mentors(id)) && !r.ChangedSince(id) && !r.agreedSince(id) {
			out = append(out, id)
		}
	}
	sorting.By(out, standard.Compare)
	return out
}

// ChangedSince says whether the learner or a mentor changed the level of a KSB after the reveal.
func (r Round) ChangedSince(id string) bool {
	return r.Ratings[Self][id].Changed || slices.ContainsFunc(r.Mentors(id), func(x Rating) bool { return x.Changed })
}

// reasoned says whether a level of a KSB was agreed in this round with a reason.
func (r Round) reasoned(id string) bool {
	x, ok := r.Ratings[Agreed][id]
	return ok && !x.GivenReason().Empty()
}

// agreedSince says whether a level of a KSB was agreed in this round on or after the day of every other rating of it.
func (r Round) agreedSince(id string) bool {
	agreed, ok := r.Ratings[Agreed][id]
	isLater := func(x Rating) bool { return x.On.After(agreed.On) }
	return ok && !isLater(r.Ratings[Self][id]) && !slices.ContainsFunc(r.Mentors(id), isLater)
}

// Differs says whether learner and mentor recorded in this round that they differ on a KSB, and have not agreed since.
// A level that was agreed before still counts for gaps, but is not what they agree on any more.
func (r Round) Differs(ksb string) bool {
	d, ok := r.Differ[ksb]
	x, agreed := r.Ratings[Agreed][ksb]
	return ok && (!agreed || !d.On.Before(x.On))
}

// ByAnother says whether an agreed rating has another mentor's name. It is false if either name is missing.
func (r Rating) ByAnother(name safetext.Text) bool {
	return !r.By.Empty() && !name.Empty() && !SameName(r.By, name)
}

// begun says whether anybody has rated anything in this round.
func (r Round) begun() bool { return r.Rated(Self)+r.Rated(Mentor)+r.Rated(Agreed) > 0 }

// Holds says whether this round has a rating of a KSB by the learner, or an agreed one.
func (r Round) Holds(ksb string) bool {
	_, self := r.Ratings[Self][ksb]
	_, agreed := r.Ratings[Agreed][ksb]
	return self || agreed
}

// Rated is the number of KSBs that a rater has rated in this round.
func (r Round) Rated(by Rater) int { return len(r.Ratings[by]) }

// Round finds a round by its ID.
func (p Profile) Round(id string) (Round, bool) {
	return lists.First(p.Rounds, func(r Round) bool { return r.ID == id })
}

// LearningDays is the number of days from one day to a later one, not counting pauses.
func (p Profile) LearningDays(from, to calendar.Date) int {
	n := max(from.Days(to), 0)
	for _, q := range mergePauses(p.Pauses) {
		start, end := later(q.From, from), q.To.AddDays(1)
		if end.After(to) {
			end = to
		}
		n -= max(start.Days(end), 0)
	}
	return max(n, 0)
}

// Fresh says whether evidence is recent enough to support a claim: dated less than a number of months ago.
func (e Evidence) Fresh(today calendar.Date, months int) bool {
	return !e.On.IsZero() && e.On.AddMonths(months).After(today)
}

// RoundName is the name of a round in a sentence, safe to show: "review 2" for the ID review-2, which the program
// gives, and any other ID as it is.
func RoundName(id string) string {
	name := safetext.Line(id)
	if n, ok := strings.CutPrefix(name, "review-"); ok && strings.Trim(n, "0123456789") == "" {
		return "review " + n
	}
	return name
}

// OpenRound opens a round.
type OpenRound struct {
	ID string // "" for that of NextRound
	On calendar.Date
}

func (c OpenRound) Label() string { return "new round" }

func (c OpenRound) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if r, open := p.Open(); open {
		return p, Refuse("close it first", "the round %s, opened on %s, is still open", RoundName(r.ID),
			r.Opened.Long())
	}
	if err := needsDay(c.On, "a round"); err != nil {
		return p, err
	}
	if n := len(p.Rounds); n > 0 && c.On.Before(p.Rounds[n-1].Closed) {
		return p, Refuse("rounds follow one another; choose a later day", "the round before was closed on %s",
			p.Rounds[n-1].Closed.Long())
	}
	if c.ID == "" {
		return p.openRound(c.On), nil
	}
	if err := p.checkID(c.ID); err != nil {
		return p, err
	}
	p.Rounds = slices.Clone(p.Rounds)
	return p.withRound(Round{ID: c.ID, Opened: c.On}), nil
}

// CloseRound closes the open round. After that it cannot be changed.
type CloseRound struct{ On calendar.Date }

func (c CloseRound) Label() string { return "closing of the round" }

func (c CloseRound) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	r, open := p.Open()
	switch {
	case !open:
		return p, Refuse("the next rating opens one", "no round is open")
	case !r.begun():
		return p, Refuse("rate at least one KSB first", "nothing is rated in the round %s", RoundName(r.ID))
	case c.On.IsZero():
		return p, noDay("closing a round")
	case c.On.Before(r.Opened):
		return p, Refuse("choose that day or a later one", "the round %s was opened on %s", RoundName(r.ID),
			r.Opened.Long())
	}
	return p.withOpen(func(r *Round) { r.Closed = c.On }), nil
}

// withOpen is the record with a change to its last round.
func (p Profile) withOpen(edit func(*Round)) Profile {
	p.Rounds = slices.Clone(p.Rounds)
	edit(&p.Rounds[len(p.Rounds)-1])
	return p
}

// Agree records the level that learner and mentor agreed on. It removes the record, in the same round, that they
// differ.
type Agree struct {
	KSB    string
	Level  level.Level
	Reason safetext.Text // required
	On     calendar.Date
	Who    safetext.Text // the mentor's name

	bothGave bool // see Rate
}

func (c Agree) Label() string { return "agreed level of " + c.KSB }

func (c Agree) Apply(p Profile, std *standard.Standard) (Profile, error) {
	if _, open := p.Open(); !open && len(p.Rounds) > 0 {
		return p, Refuse("open a round first, or agree it at the next review",
			"no round is open, so no level can be agreed now")
	}
	q, err := Rate{
		KSB: c.KSB, By: Agreed, Level: c.Level, On: c.On, Who: c.Who, Reason: c.Reason, bothGave: c.bothGave,
	}.Apply(p, std)
	if err != nil {
		return p, err
	}
	return q.withOpen(func(r *Round) { r.Differ = withoutKey(r.Differ, c.KSB) }), nil
}

// RecordDiffer records in the open round that learner and mentor differ on a KSB and leave it at that for now.
type RecordDiffer struct {
	KSB  string
	On   calendar.Date
	Note safetext.Text
}

func (c RecordDiffer) Label() string { return "record that you differ on " + c.KSB }

func (c RecordDiffer) Apply(p Profile, std *standard.Standard) (Profile, error) {
	if err := cmp.Or(checkKSBs(std, []string{c.KSB}), p.checkTexts(part{"the note", c.Note})); err != nil {
		return p, err
	}
	self, okSelf := p.Newest(c.KSB, Self)
	mentors := p.Mentors(c.KSB)
	r, open := p.Open()
	switch {
	case !okSelf || len(mentors) == 0:
		return p, Refuse("rate it first, both of you", "%s is not rated by both of you", c.KSB)
	case sameLevel(self.Level, mentors):
		return p, Refuse("agree the level instead", "you both rated %s at %s", c.KSB, self.Level)
	case c.On.IsZero():
		return p, noDay("the record")
	case open && r.agreedSince(c.KSB):
		return p, Refuse("change the agreed level if you see it differently now", "a level of %s is agreed already",
			c.KSB)
	}
	return p.openRound(c.On).withOpen(func(r *Round) { r.Differ = withKey(r.Differ, c.KSB, Differ{c.On, c.Note}) }), nil
}

// AgreeEqual agrees all levels in Round.Equal at once.
type AgreeEqual struct {
	On calendar.Date

	// Met is the mentor who meets today. Only what they rated is agreed, in their name. If it is empty, everything is
	// agreed, each in the name of the mentor whose rating is the newest.
	Met safetext.Text
}

func (c AgreeEqual) Label() string { return "agreement of equal ratings" }

func (c AgreeEqual) Apply(p Profile, std *standard.Standard) (Profile, error) {
	r, _ := p.Open()
	equal, others := r.EqualBy(c.Met)
	reasoned := r.Reasoned()
	switch {
	case len(equal) > 0:
	case len(others) > 0:
		return p, Refuse("agree it when the mentor who rated it is there, or rate it too", "%s did not rate %s",
			c.Met.Line(), strings.Join(others, ", "))
	case len(reasoned) > 0:
		return p, Refuse("agree "+reasoned[0]+" by itself, with the reason for the new level",
			"what is left was agreed at another level, for a particular reason: %s", strings.Join(reasoned, ", "))
	default:
		return p, Refuse("the differences are what is left to talk about",
			"there are no equal ratings in this round to agree")
	}
	batch := Batch{Name: c.Label()}
	for _, id := range equal {
		who := c.Met
		if who.Empty() {
			who = r.Ratings[Mentor][id].By
		}
		batch.Changes = append(batch.Changes,
			Agree{KSB: id, Level: r.Ratings[Self][id].Level, On: c.On, Who: who, bothGave: true})
	}
	return batch.Apply(p, std)
}

// Aged is an agreed level after which the learner has given another. It still counts until they agree again.
type Aged struct {
	KSB    string
	Agreed Rating
	Self   Rating        // the learner's newest
	Since  calendar.Date // the day since which the learner has given that level
}

// Aged is the agreed level of a KSB, and true if the learner's newest rating is later and different.
func (p Profile) Aged(ksb string) (Aged, bool) {
	agreed, agreedAt := p.NewestAt(ksb, Agreed)
	self, selfAt := p.NewestAt(ksb, Self)
	newer := func(x Rating, round int) bool {
		return x.On.After(agreed.On) || x.On == agreed.On && round > agreedAt
	}
	if agreedAt < 0 || selfAt < 0 || self.Level == agreed.Level || !newer(self, selfAt) {
		return Aged{}, false
	}
	out := Aged{KSB: ksb, Agreed: agreed, Self: self, Since: self.On}
	for i := len(p.Rounds) - 1; i >= 0; i-- {
		x, ok := p.Rounds[i].Ratings[Self][ksb]
		if ok && (x.Level != self.Level || !newer(x, i)) {
			break
		}
		if ok && x.On.Before(out.Since) {
			out.Since = x.On
		}
	}
	return out, true
}

// Words gives both levels, such as "agreed 2 in January, you say 4 since 1 Nov".
func (a Aged) Words(today calendar.Date) string { return a.WordsWith("you say", today) }

// WordsWith is Words with other words for "you say".
func (a Aged) WordsWith(youSay string, today calendar.Date) string {
	return fmt.Sprintf("%s, %s %s since %s", a.AgreedWords(today), youSay, a.Self.Level.Figure(), a.Since.Near(today))
}

// AgreedWords gives the agreed level only, such as "agreed 2 in January".
func (a Aged) AgreedWords(today calendar.Date) string {
	on := a.Agreed.On
	when := "in " + on.Month.String()
	switch {
	case on.Year == a.Since.Year && on.Month == a.Since.Month:
		when = "on " + on.Near(today)
	case on.Near(today) != on.Short():
		when += fmt.Sprintf(" %d", on.Year)
	}
	return "agreed " + a.Agreed.Level.Figure() + " " + when
}
