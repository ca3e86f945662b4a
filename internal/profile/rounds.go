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

// Differ is the record that learner and mentor saw a KSB differently and left it at that.
type Differ struct {
	On   calendar.Date
	Note safetext.Text // what evidence would decide it, or what each of them saw
}

// equalReason is what earlier builds wrote as the reason where both had given the same level. Nobody said it, so no
// record shows it.
const equalReason = "we both saw it the same"

// GivenReason is the reason of an agreed rating as far as a person gave one.
func (r Rating) GivenReason() safetext.Text {
	if r.Reason.Raw() == equalReason {
		return safetext.Text{}
	}
	return r.Reason
}

// Equal lists, by code, the KSBs that the learner and all mentors gave the same level in this round and have not agreed
// since. It leaves out those agreed in this round for a particular reason, and those that one of them changed after
// looking: these were talked over, so agreeing them needs a reason.
func (r Round) Equal() []string { return slices.DeleteFunc(r.sameLevels(), r.reasoned) }

// EqualBy parts what is equal: own are the KSBs that this mentor rated too, others those that only other mentors rated.
// Nobody agrees what was rated by somebody who is not there. Without a name, all are own.
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

// Reasoned lists the KSBs that Equal leaves out and of which another level is agreed than the one that all say now.
func (r Round) Reasoned() []string {
	return slices.DeleteFunc(r.sameLevels(), func(id string) bool {
		return !r.reasoned(id) || r.Ratings[Agreed][id].Level == r.Ratings[Self][id].Level
	})
}

// sameLevels lists the KSBs that learner and mentors rated the same in this round, and have not agreed since.
func (r Round) sameLevels() []string {
	var out []string
	for id, self := range r.Ratings[Self] {
		if sameLevel(self.Level, r.Mentors(id)) && !r.ChangedSince(id) && !r.settledBy(Agreed, id) {
			out = append(out, id)
		}
	}
	sorting.By(out, standard.Compare)
	return out
}

// ChangedSince says whether the learner or a mentor changed the level of a KSB after they had looked at it together.
func (r Round) ChangedSince(id string) bool {
	return r.Ratings[Self][id].Changed || slices.ContainsFunc(r.Mentors(id), func(x Rating) bool { return x.Changed })
}

// reasoned says whether a level of a KSB was agreed in this round, for another reason than that both saw it the same.
func (r Round) reasoned(id string) bool {
	x, ok := r.Ratings[Agreed][id]
	return ok && !x.GivenReason().Empty()
}

// settledBy says whether the round holds a rating of this rater that is no older than what learner and mentors said.
func (r Round) settledBy(by Rater, id string) bool {
	x, ok := r.Ratings[by][id]
	later := func(y Rating) bool { return x.On.Before(y.On) }
	return ok && !later(r.Ratings[Self][id]) && !slices.ContainsFunc(r.Mentors(id), later)
}

// Differs says whether it stands in a round that learner and mentor differ on a KSB. A level that was agreed before
// that counts until there is a new one, but it is no longer what they agree on.
func (r Round) Differs(ksb string) bool {
	d, ok := r.Differ[ksb]
	x, agreed := r.Ratings[Agreed][ksb]
	return ok && (!agreed || !d.On.Before(x.On))
}

// ByAnother reports whether an agreed rating has the name of another mentor. It is false where either name is missing.
func (r Rating) ByAnother(name safetext.Text) bool {
	return !r.By.Empty() && !name.Empty() && !SameName(r.By, name)
}

// begun says whether anybody has rated anything in this round.
func (r Round) begun() bool { return r.Rated(Self)+r.Rated(Mentor)+r.Rated(Agreed) > 0 }

// Holds says whether the learner rated a KSB in this round, or agreed on it with the mentor.
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

// LearningDays is the number of days from one day to a later one without the days of the pauses between them.
func (p Profile) LearningDays(from, to calendar.Date) int {
	n := max(from.Days(to), 0)
	for _, q := range mergePauses(p.Pauses) {
		first, behind := later(q.From, from), q.To.AddDays(1)
		if behind.After(to) {
			behind = to
		}
		n -= max(first.Days(behind), 0)
	}
	return max(n, 0)
}

// Fresh says whether evidence is young enough to support a claim: its day is less than so many months ago.
func (e Evidence) Fresh(today calendar.Date, months int) bool {
	return !e.On.IsZero() && e.On.AddMonths(months).After(today)
}

// RoundName is a round as a sentence names it, safe to show: review-2, which the program calls it, is review 2.
func RoundName(id string) string {
	name := safetext.Line(id)
	if n, ok := strings.CutPrefix(name, "review-"); ok && strings.Trim(n, "0123456789") == "" {
		return "review " + n
	}
	return name
}

// OpenRound opens a round. Without an ID it takes baseline for the first and review-1, review-2 and so on for the
// others.
type OpenRound struct {
	ID string
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

// CloseRound closes the open round; after that it is only read.
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

// withOpen changes the last round, on a list of its own.
func (p Profile) withOpen(edit func(*Round)) Profile {
	p.Rounds = slices.Clone(p.Rounds)
	edit(&p.Rounds[len(p.Rounds)-1])
	return p
}

// Agree records the level that learner and mentor agreed on. It takes back a record in the same round that they differ.
type Agree struct {
	KSB    string
	Level  level.Level
	Reason safetext.Text // required
	On     calendar.Date
	Who    safetext.Text // the mentor

	bothGave bool // both had given it
}

func (c Agree) Label() string { return "agreed level of " + c.KSB }

func (c Agree) Apply(p Profile, std *standard.Standard) (Profile, error) {
	if _, open := p.Open(); !open && len(p.Rounds) > 0 {
		return p, Refuse("open a round first, or agree it at the next review",
			"no round is open, and what was agreed is closed")
	}
	q, err := Rate{
		KSB: c.KSB, By: Agreed, Level: c.Level, On: c.On, Who: c.Who, Reason: c.Reason, bothGave: c.bothGave,
	}.Apply(p, std)
	if err != nil {
		return p, err
	}
	return q.withOpen(func(r *Round) { r.Differ = withoutKey(r.Differ, c.KSB) }), nil
}

// RecordDiffer records in the open round that learner and mentor differ and leave it at that for now.
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
	case open && r.settledBy(Agreed, c.KSB):
		return p, Refuse("change the agreed level if you see it differently now", "a level of %s is agreed already",
			c.KSB)
	}
	return p.openRound(c.On).withOpen(func(r *Round) { r.Differ = withKey(r.Differ, c.KSB, Differ{c.On, c.Note}) }), nil
}

// AgreeEqual agrees every level on which learner and mentor are one in the open round; see Round.Equal for what it
// leaves out. Where it is not known who meets today, each is agreed in the name of the mentor who rated it.
type AgreeEqual struct {
	On  calendar.Date
	Met safetext.Text // the mentor who meets today: only what they rated is agreed, and in their name; empty takes all
}

func (c AgreeEqual) Label() string { return "agreement of equal ratings" }

func (c AgreeEqual) Apply(p Profile, std *standard.Standard) (Profile, error) {
	r, _ := p.Open()
	equal, others := r.EqualBy(c.Met)
	switch kept := r.Reasoned(); {
	case len(equal) > 0:
	case len(others) > 0:
		return p, Refuse("agree it when the mentor who rated it is there, or rate it too", "%s did not rate %s",
			c.Met.Line(), strings.Join(others, ", "))
	case len(kept) > 0:
		return p, Refuse("agree "+kept[0]+" by itself, with the reason for the new level",
			"what is left was agreed at another level, for a particular reason: %s", strings.Join(kept, ", "))
	default:
		return p, Refuse("the differences are what is left to talk about",
			"no equal ratings of this round wait to be agreed")
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

// Aged is an agreed level that the learner has rated differently since. It still counts until both agree again.
type Aged struct {
	KSB    string
	Agreed Rating
	Self   Rating        // the newest
	Since  calendar.Date // since when the learner says so
}

// Aged gives the agreed level of a KSB if the learner's newest rating is later and different.
func (p Profile) Aged(ksb string) (Aged, bool) {
	agreed, at := p.NewestAt(ksb, Agreed)
	self, from := p.NewestAt(ksb, Self)
	newer := func(x Rating, i int) bool { return x.On.After(agreed.On) || x.On == agreed.On && i > at }
	if at < 0 || from < 0 || self.Level == agreed.Level || !newer(self, from) {
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

// Words say both, such as "agreed 2 in January, you say 4 since 1 Nov".
func (a Aged) Words(today calendar.Date) string { return a.WordsWith("you say", today) }

// WordsWith is Words with other words for "you say".
func (a Aged) WordsWith(says string, today calendar.Date) string {
	return fmt.Sprintf("%s, %s %s since %s", a.AgreedWords(today), says, a.Self.Level.Figure(), a.Since.Near(today))
}

// AgreedWords say only what was agreed, such as "agreed 2 in January".
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
