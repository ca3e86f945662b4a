package lines

import (
	"errors"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// prepare is the menu for a review: to prepare it, to hold it, and to write or take in files for it.
func (t *talk) prepare() error {
	return t.until(func() error {
		due := t.dueKSBs()
		_, err := t.s.LastRecord()
		hasRecord := err == nil
		record := func() doc.Doc { // made again when it is written: the guard may have had a name taken out
			d, _ := t.s.LastRecord()
			return d
		}
		writing := func(text, name string, makeDoc func() doc.Doc) option {
			return option{Text: text, Do: func() error { return t.write(name, makeDoc) }}
		}
		pack := writing("Write both into a file, to send or print", "review-pack",
			func() doc.Doc { return t.s.PackDoc(false) })
		pack.Detail = appraisal.PackFirst
		review := option{Text: "Hold the review: the meeting, and closing it", Do: t.review}
		r, open := t.s.Profile().OpenReview()
		if open {
			review.Text = "Go on with the review of " + r.On.Long()
		}
		options := []option{
			{Text: "Hear the page for the room: strengths, gaps, what to talk over and ask for", Do: t.roomPage},
			{Text: "Hear what it rests on", Do: t.background},
			pack,
			{Text: "Rehearse: the questions that may be asked, one by one", Do: t.rehearse},
			{Text: "Write private notes, on wellbeing, workload and support", Do: t.private},
			{Text: "Say when the next review is", Do: t.nextReview},
			review,
		}
		usual := 1
		if open {
			usual = len(options)
		}
		options = append(options,
			offerIf(len(due) > 0, option{
				Text: "Rate what is due first: " + words.Count(len(due), "statement", "statements"), Do: t.rate,
			}),
			offerIf(len(t.s.Requests()) > 0, t.hearing("Hear the chances to ask your manager for", t.s.RequestsDoc)),
			offerIf(hasRecord, t.hearing("Hear the record of the last review", record)),
			offerIf(hasRecord, writing("Write that record into a file, to send or print", "review-record", record)),
			option{Text: "Write a report of everything into a file, for whom you choose", Do: t.report},
			option{Text: "Have a mentor elsewhere rate: make a rating sheet, or take one in", Do: t.sheets},
			option{Text: "Take in a skills scan that was filled elsewhere", Do: t.scan},
			offerIf(t.s.HasCopies(), option{
				Text: "Take in a copy of your profile that a sync program left",
				Do:   t.takeCopy,
			}),
		)
		return t.choose(strings.TrimSpace("What would you like to do for the review? "+t.yearly()), returning(options),
			usual)
	})
}

// yearly is a sentence about the yearly appraisal if that is near or overdue, else "".
func (t *talk) yearly() string {
	p, today := t.s.Profile(), t.s.Today()
	if !p.AppraisalNear(today) {
		return ""
	}
	return words.After("Your ", sentence(plan.Yearly(p, today)))
}

// report writes everything there is to show into a file, without what is private.
func (t *talk) report() error {
	options := lists.Each(handout.Audiences, func(audience handout.Audience) option {
		o := handout.Options{For: audience}
		return option{Text: words.Capital(audience.Words()), Do: func() error {
			t.tell("%s", o.Says())
			return t.write("report", func() doc.Doc { return t.s.ReportDoc(o) })
		}}
	})
	return t.once(func() error { return t.choose("Who reads it?", options, 1) })
}

// write asks for a new file and writes a document into it. makeDoc is called again after the guard has asked.
func (t *talk) write(name string, makeDoc func() doc.Doc) error {
	return t.writeNew(name, ".txt", "", makeDoc, func(file string) (path, warning string, err error) {
		data, err := export.ForFile(t.s.Typed(file)).Write(makeDoc())
		if err != nil {
			return "", "", err
		}
		return t.s.WriteNew(file, data)
	})
}

// writeNew asks for a new file, lets the patient guard look, and calls write. next follows the path in what is said
// after that. See guardFile for makeDoc.
func (t *talk) writeNew(name, ending, next string, makeDoc func() doc.Doc,
	write func(file string) (path, warning string, err error),
) error {
	return t.once(func() error {
		file, err := t.fileName("Which new file should it go into?", "~/"+name+"-"+t.s.Today().String()+ending)
		if err != nil {
			return err
		}
		switch err := t.guardFile(file, makeDoc); {
		case errors.Is(err, errBack):
			return errUndone // to the question for a file
		case err != nil:
			return err
		}
		path, warning, err := write(file)
		if err != nil {
			t.tell("Not written: %s", errorText(err))
			return nil
		}
		t.tell("Written into %s%s", path, next)
		if warning != "" {
			t.tell("%s", sentence(warning))
		}
		return nil
	})
}

// rehearse asks the questions that the appraiser may ask, and keeps each answer at once.
func (t *talk) rehearse() error {
	return t.once(func() error {
		if yes, err := t.confirmPrivate("your notes of the rehearsal"); err != nil || !yes {
			return err
		}
		kept, questions := appraisal.Rehearsal(t.s.Report(), t.s.Profile(), t.s.Coach(), t.s.Titles())
		id := kept.ID
		if id == "" {
			id = t.s.NewID("r")
		}
		t.tell("%s. Say your answer aloud first, then note a few words, or press Enter to go on. The notes are for "+
			"you alone.", words.Count(len(questions), "question", "questions"))
		return inOrder(len(questions), func(i int) error {
			soFar, _ := t.s.Profile().Reflection(id)
			notes := appraisal.Notes(soFar, questions)
			note, err := t.askText(field{
				Ask: questions[i].Text, Help: sentence(questions[i].Why), Was: notes[i], Multiline: true, MaySkip: true,
			})
			if err != nil || note == notes[i] {
				return err
			}
			done := "Kept"
			if note.Empty() {
				done = "Your note is taken out"
			}
			notes[i] = note
			r := appraisal.Rehearsed(id, t.s.Today(), t.s.Standard(), questions, notes)
			t.do(profile.AddReflection{Reflection: r}, done)
			return nil
		})
	})
}

// confirmPrivate asks before something private is read out, if a meeting is under way; else it is true at once.
func (t *talk) confirmPrivate(what string) (bool, error) {
	if !t.s.Profile().Meeting() {
		return true, nil
	}
	return t.confirm("A review is under way, and your mentor may hear this. Go on with " + what + "?")
}

// private asks for the private notes, which are in no document unless the learner shares them.
func (t *talk) private() error {
	return t.once(func() error {
		if yes, err := t.confirmPrivate("your private notes"); err != nil || !yes {
			return err
		}
		notes := t.s.Profile().Private()
		return t.edit("private", []field{
			{
				ID: "wellbeing", Ask: "How are you?", Help: "These notes stay private unless you share one.",
				Was: notes.Wellbeing,
			},
			{ID: "workload", Ask: "How is the workload?", Was: notes.Workload},
			{ID: "support", Ask: "What support do you have, or want?", Was: notes.Support},
			{ID: "adjust", Ask: "What adjustments help you, at work and in the meeting?", Was: notes.Adjust},
		}, "Kept, for you alone", func(a answers) profile.Change {
			return profile.KeepPrivate{
				Wellbeing: new(a.text("wellbeing")), Workload: new(a.text("workload")), Support: new(a.text("support")),
				Adjust: new(a.text("adjust")),
			}
		})
	})
}

func (t *talk) nextReview() error {
	return t.once(func() error {
		a, err := t.fill("", []field{t.nextReviewField(t.s.Profile())})
		if err != nil {
			return err
		}
		l := t.s.Profile().Learner
		l.Review = a.days["review"]
		done := "No review is planned"
		if !l.Review.IsZero() {
			done = "The next review is on " + l.Review.Full()
		}
		t.do(profile.SetLearner{Learner: l, Today: t.s.Today()}, done)
		return nil
	})
}

// sections is one of the two parts of what the learner brings to a review: the page for the room or, below it, what
// that rests on.
func (t *talk) sections(below bool) []appraisal.Section {
	all := appraisal.Sections(t.s.Report(), t.s.Profile(), t.s.Pack(), t.s.Titles(), appraisal.You)
	return slices.DeleteFunc(all, func(x appraisal.Section) bool { return x.Below != below })
}

// roomPage reads out the page for the room with numbered lines, and opens the one that is chosen.
func (t *talk) roomPage() error {
	heardAt := -1 // the revision of the record when it was read out
	return t.until(func() error {
		var list []appraisal.Line
		page := t.sections(false)
		for _, section := range page {
			list = append(list, section.Lines...)
		}
		if len(list) == 0 {
			t.tell("There is nothing to bring yet: rate a duty first.")
			return errBack
		}
		n, err := t.askNumber(question{
			Help:  "A number opens that line: its statement, its action, or what came of it. again reads the page.",
			Heard: heardAt == t.s.Rev(),
			ReadOut: func() {
				number := 0
				for _, section := range page {
					t.tell("%s:", section.Head)
					for _, l := range section.Lines {
						number++
						t.item("%d. %s", number, sentence(l.Line()))
					}
				}
			},
		}, len(list), 0)
		heardAt = t.s.Rev()
		if err != nil {
			return err
		}
		switch l := list[n-1]; {
		case l.Left != nil:
			return t.once(func() error { return t.whatCame(*l.Left) })
		case l.Action != "":
			return t.once(func() error { return t.actionOutcome(l.Action) })
		case l.Goal != "":
			return t.goal(l.Goal)
		case l.KSB != "":
			return t.statement(l.KSB)
		}
		return nil
	})
}

// background reads out what the page for the room rests on.
func (t *talk) background() error {
	var d doc.Doc
	for _, section := range t.sections(true) {
		d.Section(section.Head, lists.Each(section.Lines, appraisal.Line.Line))
	}
	if len(d.Blocks) == 0 {
		t.tell("Nothing yet.")
		return nil
	}
	t.document(d)
	return nil
}

// whatCame asks what came of something that the last review left open.
func (t *talk) whatCame(l profile.Left) error {
	options := lists.Each(profile.LeftOutcomes, func(outcome profile.ActionStatus) option {
		return option{Text: words.Capital(outcome.Words()), Do: func() error {
			note := field{Ask: appraisal.WhatCame, Help: "One line, for the next review.", Was: l.Note}
			return t.keep(note, "Kept", func(said safetext.Text) profile.Change {
				return profile.AnswerLeft{Review: l.Review, KSB: l.KSB, Outcome: outcome, Note: said, On: t.s.Today()}
			})
		}}
	})
	left := sentence(words.Capital(appraisal.LeftWords(t.s.Profile(), l)))
	return t.choose(left+" "+appraisal.WhatCame, options, 0)
}
