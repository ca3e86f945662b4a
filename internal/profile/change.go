package profile

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Change is one thing that may be done to a profile. Apply returns the changed profile, or a *Refusal with the profile
// as it was; it modifies nothing. Label completes "undid: ", as in "rating of K7". The methods of a change have a
// comment of their own only if there is more to know.
type Change interface {
	Apply(p Profile, std *standard.Standard) (Profile, error)
	Label() string
}

// Weighty marks a change with side effects, so that undoing it asks first. Undoing tells the learner what would be
// undone with it.
type Weighty interface {
	Change
	Undoing() string
}

// quoting is a change whose label can quote the thing that it is about, which it looks up in the record.
type quoting interface {
	Change
	LabelIn(p Profile) string
}

// LabelOf is the label of a change to a record. It may quote the learner, so keep it off screens that others see.
func LabelOf(c Change, p Profile) string {
	if x, ok := c.(quoting); ok {
		return x.LabelIn(p)
	}
	return c.Label()
}

// Refusal is the error for a change that the rules do not allow. Why is the hint: what to try instead.
type Refusal struct{ Msg, Why string }

func (r *Refusal) Error() string { return r.Msg }

// Hint is what to try instead.
func (r *Refusal) Hint() string { return r.Why }

// Refuse makes a *Refusal.
func Refuse(hint, format string, args ...any) error {
	return &Refusal{fmt.Sprintf(format, args...), hint}
}

// MaxText is the longest text that one field may have, in characters: about two pages. It keeps one accidental paste
// from filling the file. MaxName is the longest name or role.
const (
	MaxText = 8000
	MaxName = 200
)

// MaxInFlight is how many goals may be active at once. Research on goal-setting and the usual practice of three to five
// actions a review agree that people do not pursue more.
const MaxInFlight = 5

// A part is one text in a change, with the name that an error gives it.
type part struct {
	what string
	text safetext.Text
}

// checkTexts refuses a text that is too long, unless the same text is in the record already, where someone wrote it by
// hand.
func (p Profile) checkTexts(parts ...part) error {
	for _, x := range parts {
		if n := utf8.RuneCountInString(x.text.Raw()); n > MaxText && !p.contains(x.text) {
			return Refuse("keep the short version here and the long one in a document of its own",
				"%s is longer than %d characters: it has %d", x.what, MaxText, n)
		}
	}
	return nil
}

// contains says whether the record has a text, byte for byte, in any place.
func (p Profile) contains(text safetext.Text) bool {
	found := false
	walkTexts(reflect.ValueOf(p), func(x safetext.Text) { found = found || x.Raw() == text.Raw() })
	return found
}

// checkID refuses an identifier that has the wrong form or is in use. Package session makes new ones with NewID.
func (p Profile) checkID(id string) error {
	switch {
	case !ValidID(id):
		return Refuse("an id is letters, digits and hyphens", "%q is not an id", safetext.Brief(id, 20))
	case p.IDs()[id]:
		return Refuse("take another", "the id %s is in use", id)
	}
	return nil
}

// noDay is the refusal of something without a date.
func noDay(what string) error { return Refuse("give the day as YYYY-MM-DD", "%s needs a date", what) }

func needsDay(on calendar.Date, what string) error {
	if on.IsZero() {
		return noDay(what)
	}
	return nil
}

// checkWord refuses a word that is not one of those allowed. isNot completes the message after the word, as in "is not
// a rater".
func checkWord[T ~string](word T, allowed []T, isNot string) error {
	if slices.Contains(allowed, word) {
		return nil
	}
	return Refuse("say "+words.Either(allowed), "%q %s", safetext.Brief(word, 20), isNot)
}

func checkKSBs(std *standard.Standard, ids []string) error {
	if len(ids) == 0 {
		return Refuse("name at least one, such as K7", "no KSB is named")
	}
	for i, id := range ids {
		if _, ok := std.KSB(id); !ok {
			return UnknownKSB(std, id)
		}
		if slices.Contains(ids[:i], id) {
			return Refuse("name each KSB once", "%s is named twice", id)
		}
	}
	return nil
}

// UnknownKSB is the refusal of a code that is not in the standard. Its hint says which codes are.
func UnknownKSB(std *standard.Standard, id string) error {
	if std.Part {
		return Refuse("it has "+strings.Join(std.Walk(), ", "), "%s is not on this sheet", safetext.Brief(id, 20))
	}
	return Refuse(KnownCodes(std), "%s has no KSB %q", std.Reference, safetext.Brief(id, 20))
}

// NoCode is the hint where KSBs are asked for and none is given.
const NoCode = "write at least one code, such as K7"

// KnownCodes says which codes a standard has, such as "its codes run K1 to K33, S1 to S33 and B1 to B6".
func KnownCodes(std *standard.Standard) string {
	var parts []string
	for _, k := range standard.Kinds {
		if n := std.Count(k); n > 0 {
			parts = append(parts, fmt.Sprintf("%c1 to %c%d", k, k, n))
		}
	}
	return "its codes run " + strings.Join(parts, ", ")
}

// Rate gives one rating in the open round, and opens a round if none is open. A mentor's rating replaces only the
// rating that the same mentor gave in this round. A new agreed rating drops the note of the old one if that
// names another mentor.
type Rate struct {
	KSB     string
	By      Rater
	Level   level.Level
	On      calendar.Date
	Note    *safetext.Text // nil keeps the note that is there
	Who     safetext.Text  // the mentor's name; if empty, an agreed rating keeps its name and a mentor's has none
	Instead *safetext.Text // an earlier spelling of the mentor's name, whose rating is replaced too
	Reason  safetext.Text  // required for an agreed rating
	Today   calendar.Date  // the day of the change; zero means the day of the rating

	bothGave bool // both had given the agreed level anyway, so no reason is required
}

func (c Rate) Label() string { return "rating of " + c.KSB }

func (c Rate) Apply(p Profile, std *standard.Standard) (Profile, error) {
	if err := cmp.Or(checkKSBs(std, []string{c.KSB}), checkWord(c.By, Raters, "is not a rater")); err != nil {
		return p, err
	}
	switch {
	case c.Level < level.NoOpportunity || c.Level > level.Max:
		return p, Refuse("a level is 0 to 4, or none for no opportunity", "level %d does not exist", int(c.Level))
	case c.By == Agreed && c.Reason.Empty() && !c.bothGave:
		return p, Refuse("say in a few words what you both based it on", "an agreed rating needs a reason")
	case c.On.IsZero():
		return p, noDay("a rating")
	case c.By == Mentor && MayBeMentor(c.Who) != nil:
		return p, MayBeMentor(c.Who)
	}
	q := p
	if p.Sheet {
		c, q = c.onSheet(p)
	}
	q = q.openRound(c.On)
	last := len(q.Rounds) - 1
	round := q.Rounds[last]
	if err := q.MayRateOn(round, c.By, c.On, c.Today); err != nil {
		return p, err
	}
	previous := c.previous(round)
	r := c.newRating(previous, c.revealed(round, previous))
	if previous.On.IsZero() && c.By == Self {
		r.Shown = round.revealDay(c.KSB)
	}
	if err := q.checkTexts(part{"the note", r.Note}, part{"the reason", r.Reason}, part{"the name", r.By}); err != nil {
		return p, err
	}
	if c.By == Mentor {
		q.Rounds[last] = round.withMentor(c.KSB, r, c.replaces)
		return q, nil
	}
	round = round.withRatings(c.By)
	round.Ratings[c.By][c.KSB] = r
	q.Rounds[last] = round
	return q, nil
}

// replaces says whether a mentor's new rating replaces another one.
func (c Rate) replaces(x Rating) bool {
	return SameName(x.By, c.Who) || c.Instead != nil && SameName(x.By, *c.Instead)
}

// previous is the rating in this round that the new one replaces, or the zero Rating.
func (c Rate) previous(round Round) Rating {
	if c.By != Mentor {
		return round.Ratings[c.By][c.KSB]
	}
	r, ok := round.MentorRating(c.KSB, c.Who)
	if !ok && c.Instead != nil {
		r, _ = round.MentorRating(c.KSB, *c.Instead)
	}
	return r
}

// newRating is the previous rating with what the change says. If the two had looked at that one together, it also keeps
// the level that was given blind.
func (c Rate) newRating(r Rating, revealed bool) Rating {
	if c.By != Mentor && r.ByAnother(c.Who) {
		r.Note = safetext.Text{}
	}
	r = r.withLevel(c.Level, revealed)
	r.On = c.On
	if c.Note != nil {
		r.Note = *c.Note
	}
	if c.By == Mentor || !c.Who.Empty() {
		r.By = c.Who
	}
	if !c.Reason.Empty() || c.bothGave {
		r.Reason = c.Reason
	}
	return r
}

// openRound makes sure that the last round is open, and that the list of rounds is a copy that the caller may modify.
func (p Profile) openRound(on calendar.Date) Profile {
	p.Rounds = slices.Clone(p.Rounds)
	if _, ok := p.Open(); ok {
		return p
	}
	return p.withRound(Round{ID: p.NextRound(), Opened: on})
}

// NextRound is the ID of the round that the next rating opens if none is open: baseline, then review-1 and so on.
func (p Profile) NextRound() string {
	id := "baseline"
	if n := len(p.Rounds); n > 0 {
		id = fmt.Sprintf("review-%d", n)
	}
	used := p.IDs()
	for n := max(len(p.Rounds), 1); used[id]; n++ {
		id = fmt.Sprintf("review-%d", n)
	}
	return id
}

// withRound adds a round to a list that the caller may modify. If a review is under way that has no round yet, this
// becomes its round.
func (p Profile) withRound(round Round) Profile {
	r, reviewing := p.OpenReview()
	needsRound := reviewing && !p.hasOwnRound(r)
	p.Rounds = append(p.Rounds, round)
	if needsRound {
		r.Round = round.ID
		p.Reviews = withItem(p.Reviews, len(p.Reviews)-1, r)
	}
	return p
}

// Note changes the note of the learner's own rating in the open round, or of a mentor's.
type Note struct {
	KSB  string
	By   Rater         // "" means Self
	Who  safetext.Text // for a mentor's rating, the mentor's name
	Text safetext.Text
}

func (c Note) Label() string { return "note on " + c.KSB }

func (c Note) Apply(p Profile, std *standard.Standard) (Profile, error) {
	if err := cmp.Or(checkKSBs(std, []string{c.KSB}), p.checkTexts(part{"the note", c.Text})); err != nil {
		return p, err
	}
	open, _ := p.Open()
	round, rated := c.write(open)
	if !rated {
		return p, Refuse("rate it first, then add the note", "%s is not rated in this round", c.KSB)
	}
	p.Rounds = withItem(p.Rounds, len(p.Rounds)-1, round)
	return p, nil
}

// write is the round with the note in it, and false if the round has no such rating.
func (c Note) write(round Round) (Round, bool) {
	if c.By == Mentor {
		list := round.Mentors(c.KSB)
		at := slices.IndexFunc(list, isBy(c.Who))
		if at < 0 {
			return round, false
		}
		list[at].Note = c.Text
		return round.WithMentors(c.KSB, list), true
	}
	rater := cmp.Or(c.By, Self)
	r, rated := round.Ratings[rater][c.KSB]
	if !rated {
		return round, false
	}
	r.Note = c.Text
	round = round.withRatings(rater)
	round.Ratings[rater][c.KSB] = r
	return round, true
}

// SetLearner changes the learner's name, role and dates, and keeps the ID.
type SetLearner struct {
	Learner Learner
	Today   calendar.Date // the day of the change; zero leaves out the checks that need it
}

func (c SetLearner) Label() string { return "your details" }

func (c SetLearner) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	l := c.Learner
	if l.Name.Empty() {
		return p, Refuse("any name you like to be called by", "a profile needs a name")
	}
	for _, x := range []part{{"the name", l.Name}, {"the role", l.Role}} {
		if utf8.RuneCountInString(x.text.Raw()) > MaxName {
			return p, Refuse("a short form will do", "%s is longer than %d characters", x.what, MaxName)
		}
	}
	if !l.Start.IsZero() && !l.Gateway.IsZero() && !l.Gateway.After(l.Start) {
		return p, Refuse("check the two dates against your training plan",
			"the gateway date %s is not after the start %s", l.Gateway.Long(), l.Start.Long())
	}
	if err := MaySpan(l.Start, c.Today); err != nil && l.Start != p.Learner.Start {
		return p, err
	}
	if err := MaySpan(l.Gateway, c.Today); err != nil && l.Gateway != p.Learner.Gateway {
		return p, err
	}
	if err := p.MayPlan(l.Review, c.Today); err != nil {
		return p, err
	}
	l.ID = p.Learner.ID
	p.Learner = l
	return p, nil
}

// Identify gives the learner an ID. It cannot be changed later, since rating sheets that were handed out carry it.
type Identify struct{ ID string }

func (c Identify) Label() string { return "learner's id" }

func (c Identify) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	switch {
	case p.Learner.ID != "":
		return p, Refuse("nothing needs doing", "the learner has the id %s", p.Learner.ID)
	case !ValidID(c.ID):
		return p, p.checkID(c.ID)
	}
	p.Learner.ID = c.ID
	return p, nil
}

// SetTarget sets the level wanted at gateway for one KSB.
type SetTarget struct {
	KSB     string
	Level   level.Level // 1 to 4
	Default level.Level // the default of the scale; at this level, no target is kept for the KSB
}

func (c SetTarget) Label() string { return "target of " + c.KSB }

func (c SetTarget) Apply(p Profile, std *standard.Standard) (Profile, error) {
	if err := checkKSBs(std, []string{c.KSB}); err != nil {
		return p, err
	}
	if c.Level < 1 || c.Level > level.Max {
		return p, Refuse("choose 1, 2, 3 or 4", "a target is from 1 to 4")
	}
	if c.Level == c.Default {
		p.Targets = withoutKey(p.Targets, c.KSB)
	} else {
		p.Targets = withKey(p.Targets, c.KSB, c.Level)
	}
	return p, nil
}

// AddReflection adds a reflection, or replaces the one with the same ID. The notes of a rehearsal are removed if they
// are replaced by none.
type AddReflection struct{ Reflection Reflection }

func (c AddReflection) Label() string { return "reflection" }

func (c AddReflection) Apply(p Profile, std *standard.Standard) (Profile, error) {
	r := c.Reflection
	if err := checkKSBs(std, r.KSBs); err != nil {
		return p, err
	}
	at := slices.IndexFunc(p.Reflections, func(x Reflection) bool { return x.ID == r.ID })
	if at >= 0 && r.Model == RehearsalModel && len(r.Answers) == 0 {
		p.Reflections = slices.Delete(slices.Clone(p.Reflections), at, at+1)
		return p, nil
	}
	if err := p.checkAnswers(r); err != nil {
		return p, err
	}
	shared := func(x Review) bool { return slices.Contains(x.Kept.Reflections, r.ID) }
	if review, ok := lists.First(p.Reviews, shared); ok {
		return p, Refuse("write a new one; what was shared stays as it was",
			"this reflection was shared in the review of %s", review.On.Long())
	}
	if at >= 0 {
		p.Reflections = withItem(p.Reflections, at, r)
		return p, nil
	}
	if err := p.checkID(r.ID); err != nil {
		return p, err
	}
	p.Reflections = append(slices.Clone(p.Reflections), r)
	return p, nil
}

func (p Profile) checkAnswers(r Reflection) error {
	if err := needsDay(r.On, "a reflection"); err != nil {
		return err
	}
	answered := false
	for i, a := range r.Answers {
		answered = answered || !a.Text.Empty()
		if a.Step == "" || !safetext.Plain(a.Step) ||
			slices.ContainsFunc(r.Answers[:i], func(x Answer) bool { return x.Step == a.Step }) {
			return Refuse("answer each step of the model once", "%q is not a step, or is answered twice",
				safetext.Brief(a.Step, 20))
		}
		if err := p.checkTexts(part{"an answer", a.Text}); err != nil {
			return err
		}
	}
	if !answered {
		return Refuse("a few words to one of the questions are enough", "the reflection is empty")
	}
	return nil
}

// TakeMerged replaces the record by the result of merging it with another version; see file.Merge for the rules.
type TakeMerged struct{ Merged Profile }

func (c TakeMerged) Label() string { return "merge" }

// Undoing says where the other version is.
func (c TakeMerged) Undoing() string {
	return "The copy stays in the backups; Restore a backup lists it."
}

func (c TakeMerged) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if p.Standard != c.Merged.Standard {
		return p, Refuse("merge copies of one record", "the merged record is on another standard")
	}
	return c.Merged, nil
}

// Batch is several changes that are made, refused and undone as one.
type Batch struct {
	Name    string
	Changes []Change
}

func (c Batch) Label() string { return c.Name }

func (c Batch) Apply(p Profile, std *standard.Standard) (Profile, error) {
	q := p
	for _, x := range c.Changes {
		var err error
		if q, err = x.Apply(q, std); err != nil {
			return p, err
		}
	}
	return q, nil
}

// The default settings, in months.
const (
	DefaultStale = 12 // how long dated evidence supports a claim
	defaultEvery = 3  // from one review to the next
)

// The largest settings that make sense, in months.
const (
	MaxStale = 120
	MaxEvery = 24
)

// Theme is the set of colours of the full screen.
type Theme string

// The themes.
const (
	ThemeAuto     Theme = "auto"     // dark or light as the terminal's background, if that is known; else plain
	ThemeDark     Theme = "dark"     // for a dark background
	ThemeLight    Theme = "light"    // for a light one
	ThemeContrast Theme = "contrast" // few and strong colours
	ThemePlain    Theme = "plain"    // the terminal's own colours only
)

// Themes lists the themes, the default first.
var Themes = []Theme{ThemeAuto, ThemeDark, ThemeLight, ThemeContrast, ThemePlain}

// Settings are the learner's own. A zero field means the default, so read them with StaleMonths, EveryMonths and Looks.
type Settings struct {
	Stale int   // months until evidence is too old to support a claim
	Every int   // months between reviews
	Theme Theme // the colours of the full screen
}

// Looks is the theme, or ThemeAuto if none is set.
func (s Settings) Looks() Theme { return cmp.Or(s.Theme, ThemeAuto) }

// StaleMonths is the number of months after which evidence is too old to support a claim.
func (s Settings) StaleMonths() int { return cmp.Or(s.Stale, DefaultStale) }

// EveryMonths is the number of months from one review to the next.
func (s Settings) EveryMonths() int { return cmp.Or(s.Every, defaultEvery) }

// SetSettings replaces all settings. A zero field sets the default.
type SetSettings struct{ Settings Settings }

func (c SetSettings) Label() string { return "a change of settings" }

func (c SetSettings) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	switch s := c.Settings; {
	case s.Stale < 0 || s.Stale > MaxStale:
		return p, Refuse("the default is 12", "evidence goes stale after 1 to %d months", MaxStale)
	case s.Every < 0 || s.Every > MaxEvery:
		return p, Refuse("the default is 3", "a review comes round every 1 to %d months", MaxEvery)
	case !slices.Contains(Themes, s.Looks()):
		return p, Refuse("say "+words.Either(Themes), "%q is not a theme", safetext.Brief(string(s.Theme), 30))
	}
	p.Settings = c.Settings
	return p, nil
}
