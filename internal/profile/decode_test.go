package profile_test

import (
	"slices"
	"strings"
	"testing"
)

const (
	dateHint      = "write a date as YYYY-MM-DD without quotes, for example 2026-11-22"
	levelHint     = `a level is 0, 1, 2, 3 or 4, or "none" for no opportunity`
	codesHint     = "its codes run K1 to K33, S1 to S33, B1 to B6"
	idHint        = "an id is letters, digits and hyphens, once in the file, such as g-2mq9"
	learnerIDHint = "take the line out, and the next rating sheet writes a good one; or write it as it was, such as l-7f3k9m2x"
	lower         = "keys are written in lower case here"
	fixLine       = "open the file in an editor and correct this line"
	dayHint       = "look the day up, and write it as YYYY-MM-DD, for example 2026-11-22"
	textHint      = `write text in quotes, like "this"`
	formatKey     = "the first key of a profile is format = 1; if it is gone the file may have been cut off or be no profile at all"
	curveHint     = "write curve = [[0, 0], [12, 50], [36, 100]]: month, per cent of the target"
)

// badCase is the small profile with pairs of text swapped, and every fault it must give, in line order.
type badCase struct {
	name string
	swap []string
	want []string
}

func checkBad(t *testing.T, cases []badCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := swap(t, small, c.swap...)
			faults := faultsOf(t, src)
			var got []string
			for _, f := range faults {
				got = append(got, written(f))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n  %s\nwant\n  %s\n%s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "), src)
			}
		})
	}
}

func TestDecodeRefusesTheTop(t *testing.T) {
	checkBad(t, []badCase{
		{"no format", []string{"format = 1\n", ""}, []string{`1:1 : the key "format" is missing | ` + formatKey}},
		{"newer format", []string{"format = 1", "format = 2"}, []string{"1:1 format: the file has format 2, this program reads up to 1 | update ksbcoach; nothing in the file was changed"}},
		{"older than the first", []string{"format = 1", "format = 0"}, []string{"1:1 format: there is no format 0 | " + formatKey}},
		{"format as text", []string{"format = 1", `format = "1"`}, []string{"1:1 format: a whole number is needed here, not text | " + formatKey}},
		{"Format", []string{"format", "Format"}, []string{"1:1 Format: " + lower + " | write format"}},
		{"no standard", []string{"standard = \"ST0413\"\n", ""}, []string{`1:1 : the key "standard" is missing | add standard = "ST0413" below format`}},
		{"Standard", []string{"standard", "Standard"}, []string{"2:1 Standard: " + lower + " | write standard"}},
		{"unknown standard", []string{"ST0413", "ST9999"}, []string{`2:1 standard: the standard "ST9999" is not known here | ksbcoach standard list shows those it has`}},
		{"standard as number", []string{`"ST0413"`, "413"}, []string{`2:1 standard: text is needed here, not a whole number | write standard = "ST0413"`}},
		{"no learner", []string{"[learner]\nname = \"Asha\"\n", ""}, []string{`1:1 : the key "learner" is missing | add a line [learner] and below it name = "..."; if more is missing, the file was cut off`}},
		{"Learner", []string{"learner", "Learner"}, []string{"4:2 Learner: " + lower + " | write learner"}},
		{"learner as text", []string{"[learner]\nname =", "learner ="}, []string{"4:1 learner: a table is needed here, not text | write [learner] on a line of its own"}},
		{"learner as list", []string{"[learner]", "[[learner]]"}, []string{"4:3 learner: a table is needed here, not a list of tables | write [learner] on a line of its own"}},
		{"header not closed", []string{"[learner]", "[learner"}, []string{"4:9 learner: expected a ] to end the header, but the line ends | " + fixLine}},
		{"Round", []string{"[[round]]", "[[Round]]", "[round.", "[Round."}, []string{"7:3 Round: " + lower + " | write round"}},
		{"Round beside round", []string{"[[round]]", "[[Round]]\nid = \"x\"\n\n[[round]]"}, []string{"7:3 Round: " + lower + " | write round"}},
		{"one round in single brackets", []string{"[[round]]", "[round]"}, []string{"7:2 round: a list of tables is needed here, not a table | write [[round]], with two brackets, before each"}},
		{"a time for a list", []string{"[learner]", "goal = 10:00:00\n[learner]"}, []string{"4:1 goal: a list of tables is needed here, not a time | write [[goal]], with two brackets, before each"}},
		{"numbers in a list", []string{"[learner]", "goal = [{ id = \"g\", ksbs = [\"K7\"], text = \"x\" }, 3]\n[learner]"}, []string{"4:1 goal: a whole number is among the tables | write [[goal]], with two brackets, before each"}},
	})
}

func TestDecodeRefusesTheLearner(t *testing.T) {
	start := func(v string) []string { return []string{`"Asha"`, "\"Asha\"\nstart = " + v} }
	checkBad(t, []badCase{
		{"Name", []string{"name", "Name"}, []string{"5:1 learner.Name: " + lower + " | write name"}},
		{"NAME beside name", []string{"name =", "NAME = \"B\"\nname ="}, []string{"5:1 learner.NAME: " + lower + " | write name"}},
		{"no name", []string{"name =", "role ="}, []string{`4:2 learner: the key "name" is missing | add name = "..." below [learner]`}},
		{"empty name", []string{`"Asha"`, `" "`}, []string{"5:1 learner.name: the name is empty | any name you like to be called by"}},
		{"name as number", []string{`"Asha"`, "5"}, []string{"5:1 learner.name: text is needed here, not a whole number | " + textHint}},
		{"curly quotes", []string{`"Asha"`, "“Asha”"}, []string{`5:8 learner.name: expected a value, but found "\u201c" | use straight quotes: "`}},
		{"an id with a capital", []string{`"Asha"`, "\"Asha\"\nid = \"L-7f3k\""}, []string{`6:1 learner.id: "L-7f3k" is not an id | ` + learnerIDHint}},
		{"an empty id", []string{`"Asha"`, "\"Asha\"\nid = \"\""}, []string{`6:1 learner.id: "" is not an id | ` + learnerIDHint}},
		{"an id as number", []string{`"Asha"`, "\"Asha\"\nid = 7"}, []string{"6:1 learner.id: text is needed here, not a whole number | " + learnerIDHint}},
		{"ID", []string{`"Asha"`, "\"Asha\"\nID = \"l-7f3k\""}, []string{"6:1 learner.ID: " + lower + " | write id"}},
		{"31 February", start("2025-02-31"), []string{"6:9 learner.start: there is no 31 February in 2025 | " + dayHint}},
		{"29 February", start("2025-02-29"), []string{"6:9 learner.start: there is no 29 February in 2025 | " + dayHint}},
		{"a time of day", start("10:00:00"), []string{"6:1 learner.start: a date is needed here, not a time | " + dateHint}},
		{"a time with zone", start("2025-02-01T10:00:00Z"), []string{"6:1 learner.start: a date is needed here, not a time | " + dateHint}},
		{"a date and time", start("2025-02-01 10:00:00"), []string{"6:1 learner.start: a date is needed here, not a time | " + dateHint}},
		{"a date in quotes", start(`"2025-02-01"`), []string{"6:1 learner.start: a date is needed here, not text | " + dateHint}},
		{"the year 1", start("0001-02-01"), []string{"6:1 learner.start: the year 1 is too early | " + dateHint}},
		{"a date without noughts", start("2025-9-15"), []string{`6:9 learner.start: "2025-9-15" is not a value | a date is written 2025-09-15, a number 3 or 2.5; anything else needs quotes: "`}},
		{"gateway on the first day", start("2025-02-01\ngateway = 2025-02-01"), []string{"7:1 learner.gateway: the gateway is not after the start | check both dates against your training plan"}},
	})
}

func TestDecodeRefusesSettings(t *testing.T) {
	below := func(s string) []string { return []string{"\"Asha\"\n", "\"Asha\"\n" + s + "\n"} }
	checkBad(t, []badCase{
		{"pauses", below("[[pause]]\nfrom = 2025-02-02\nto = 2025-02-01\n[[pause]]\n[[pause]]\nfrom = 5\nto = true"), []string{
			"8:1 pause.to: the pause ends before it begins | swap the two dates",
			`9:1 pause: the key "from" is missing | give the first day away: from = 2026-02-01`,
			`9:1 pause: the key "to" is missing | give the last day away: to = 2026-03-31`,
			"11:1 pause.from: a date is needed here, not a whole number | " + dateHint,
			"12:1 pause.to: a date is needed here, not true or false | " + dateHint,
		}},
		{"targets", below("[target]\nK99 = 3\nk7 = 3\nK7 = 0\nK8 = 5\nK9 = 2.5\nS1 = \"4\"\n\" s2\" = 3"), []string{
			"7:1 target.K99: ST0413 has no such KSB | " + codesHint,
			"8:1 target.k7: ST0413 has no such KSB | write K7",
			"9:1 target.K7: 0 is out of range | write a number from 1 to 4",
			"10:1 target.K8: 5 is out of range | write a number from 1 to 4",
			"11:1 target.K9: a whole number is needed here, not a number | write a number from 1 to 4 without quotes",
			"12:1 target.S1: a whole number is needed here, not text | write a number from 1 to 4 without quotes",
			`13:1 target." s2": ST0413 has no such KSB | write S2`,
		}},
		{"settings", below("[settings]\nstale = 0\ntheme = \"pink\""), []string{
			"7:1 settings.stale: 0 is out of range | write a number from 1 to 120",
			`8:1 settings.theme: "pink" is not known here | write one of: auto, dark, light, contrast, plain`,
		}},
		{"no curve", below("[expected]\nmonths = 36"), []string{`6:2 expected: the key "curve" is missing | ` + curveHint}},
		{"point without share", below("[expected]\ncurve = [[0, 0], [12]]"), []string{"7:1 expected.curve: each point is a pair | " + curveHint}},
		{"point in words", below("[expected]\ncurve = [[0, 0], [12, \"half\"]]"), []string{"7:1 expected.curve: each point is a pair of whole numbers | " + curveHint}},
		{"over 100", below("[expected]\ncurve = [[0, 0], [12, 200]]"), []string{"7:1 expected.curve: 200 per cent is outside 0 to 100 | " + curveHint}},
		{"curve and months", below("[expected]\ncurve = []\nmonths = 0"), []string{
			"7:1 expected.curve: 0 points, it takes 2 to 120 of the form [month, per cent] | " + curveHint,
			"8:1 expected.months: 0 is out of range | write a number from 1 to 240",
		}},
	})
}

func TestDecodeRefusesRatings(t *testing.T) {
	row := func(s string) []string { return []string{"K7 = { level = 1, on = 2025-09-20 }", s} }
	with := func(s string) []string { return []string{"level = 1, on = 2025-09-20", s} }
	checkBad(t, []badCase{
		{"no id", []string{"id = \"baseline\"\n", ""}, []string{`7:1 round: the key "id" is missing | ` + idHint}},
		{"not an id", []string{"baseline", "Base line"}, []string{`8:1 round.id: "Base line" is not an id | ` + idHint}},
		{"no opening date", []string{"opened = 2025-09-20\n", ""}, []string{`7:1 round: the key "opened" is missing | give the day it was opened: opened = 2026-09-01`}},
		{"Self", []string{"round.self", "round.Self"}, []string{"10:8 round.Self: " + lower + " | write self"}},
		{"K99", []string{"K7 =", "K99 ="}, []string{"11:1 round.self.K99: ST0413 has no such KSB | " + codesHint}},
		{"K99 as a number", row("K99 = 3"), []string{"11:1 round.self.K99: ST0413 has no such KSB | " + codesHint}},
		{"k7", []string{"K7 =", "k7 ="}, []string{"11:1 round.self.k7: ST0413 has no such KSB | write K7"}},
		{"a blank in the code", []string{"K7 =", `"K7 " =`}, []string{`11:1 round.self."K7 ": ST0413 has no such KSB | write K7`}},
		{"a bare level", row("K7 = 3"), []string{"11:1 round.self.K7: a rating is needed here, not a whole number | write K7 = { level = 2, on = 2026-11-22 }"}},
		{"level 7", with("level = 7, on = 2025-09-20"), []string{"11:8 round.self.K7.level: there is no level 7 | " + levelHint}},
		{"level -1", with("level = -1, on = 2025-09-20"), []string{"11:8 round.self.K7.level: there is no level -1 | " + levelHint}},
		{"level 2.0", with("level = 2.0, on = 2025-09-20"), []string{"11:8 round.self.K7.level: a level is needed here, not a number | " + levelHint}},
		{"level in quotes", with(`level = "3", on = 2025-09-20`), []string{`11:8 round.self.K7.level: "3" is not a level | ` + levelHint}},
		{"level None", with(`level = "None", on = 2025-09-20`), []string{`11:8 round.self.K7.level: "None" is not a level | ` + levelHint}},
		{"none without quotes", with("level = none, on = 2025-09-20"), []string{`11:16 round.self.K7.level: "none" is not a value | text goes between straight quotes: "`}},
		{"level beyond all numbers", with("level = 99999999999999999999, on = 2025-09-20"), []string{"11:16 round.self.K7.level: the number is too large | " + fixLine}},
		{"no level", with("on = 2025-09-20"), []string{`11:1 round.self.K7: the key "level" is missing | add level = with 0 to 4 or "none"`}},
		{"no date", with("level = 1"), []string{`11:1 round.self.K7: the key "on" is missing | add on = with the day, such as 2026-11-22`}},
		{"Level", with("Level = 1, on = 2025-09-20"), []string{"11:8 round.self.K7.Level: " + lower + " | write level"}},
		{"31 February in a row", with("level = 1, on = 2025-02-31"), []string{"11:24 round.self.K7.on: there is no 31 February in 2025 | " + dayHint}},
		{"all wrong in one line", with("level = 9, on = 5, note = 7"), []string{
			"11:8 round.self.K7.level: there is no level 9 | " + levelHint,
			"11:19 round.self.K7.on: a date is needed here, not a whole number | " + dateHint,
			"11:27 round.self.K7.note: text is needed here, not a whole number | " + textHint,
		}},
		{"as a table of its own", row("[round.self.K7]\nlevel = 5\nOn = 2025-09-20"), []string{
			"12:1 round.self.K7.level: there is no level 5 | " + levelHint,
			"13:1 round.self.K7.On: " + lower + " | write on",
		}},
		{"by dots", row("K7.level = 5\nK7.on = 10:00:00"), []string{
			"11:4 round.self.K7.level: there is no level 5 | " + levelHint,
			"12:4 round.self.K7.on: a date is needed here, not a time | " + dateHint,
		}},
		{"twice", row("K7 = { level = 1, on = 2025-09-20 }\nK7 = { level = 2, on = 2025-09-20 }"), []string{"12:1 round.self.K7: round.self.K7 is there already, on line 11 | rename or remove one of the two"}},
		{"cut in the middle", []string{" }\n", ""}, []string{"11:34 round.self.K7.on: expected a comma or }, but the file ends | was the file cut off?"}},
		{"conflict markers", row("<<<<<<< HEAD\nK7 = 1\n=======\nK7 = 2\n>>>>>>> theirs"), []string{`11:1 : the file contains a merge conflict marker "<<<<<<<" | keep the lines you want of both versions, delete the marker lines, and try again`}},
		{"an open round before another, of the same id", row("[[round]]\nid = \"baseline\"\nopened = 2025-10-01"), []string{
			"7:1 round: a round that is not the last is still open | add closed = with its date, or move it to the end",
			"12:1 round.id: the id baseline is used twice, first in line 8 | " + idHint,
		}},
	})
}

func TestDecodeRefusesLists(t *testing.T) {
	below := func(s string) []string { return []string{"2025-09-20 }\n", "2025-09-20 }\n" + s + "\n"} }
	kinds := "write one of: example, observed-procedure, case-based-discussion, witness-testimony, work-product, reflective-account, training-record, feedback"
	checkBad(t, []badCase{
		{"evidence", below("[[evidence]]\nid = \"e\"\n[[evidence]]\nid = \"e\"\nksbs = []\nkind = \"photo\"\ntitle = 3\non = 2025-01-01\nduty = 11\n" +
			"[[evidence]]\nid=\"f\"\nksbs = [\"K7\", \"K77\", 7]\non=2025-01-01\ntitle=\"x\"\nduty=0"), []string{
			`12:1 evidence: the key "ksbs" is missing | name at least one KSB: ksbs = ["K7"]`,
			`12:1 evidence: the key "on" is missing | add on = with the day, such as 2026-11-22`,
			`12:1 evidence: the key "title" is missing | add title = with one line in quotes`,
			"15:1 evidence.id: the id e is used twice, first in line 13 | " + idHint,
			`16:1 evidence.ksbs: the list is empty | name at least one KSB: ksbs = ["K7"]`,
			`17:1 evidence.kind: "photo" is not known here | ` + kinds,
			"18:1 evidence.title: text is needed here, not a whole number | " + textHint,
			"20:1 evidence.duty: ST0413 has no duty 11 | its duties run from 1 to 10",
			`23:15 evidence.ksbs: ST0413 has no KSB "K77" | ` + codesHint,
			`23:22 evidence.ksbs: a code is needed here, not a whole number | write codes in quotes, like "K7"`,
			"26:1 evidence.duty: 0 is out of range | write a number from 1 to 999",
		}},
		{"an empty list in place of a text", below("[[goal]]\nid = \"g\"\nksbs = [\"K7\"]\ntext = []"), []string{
			"15:1 goal.text: text is needed here, not a list | " + textHint,
		}},
		{"goals", below("[[goal]]\nid = \"g\"\nstatus = \"Active\"\nDue = 2025-01-01\n[[goal.action]]\nsort = \"play\"\nstatus = \"closed\""), []string{
			`12:1 goal: the key "ksbs" is missing | name at least one KSB: ksbs = ["K7"]`,
			`12:1 goal: the key "text" is missing | add text = with one line in quotes`,
			`14:1 goal.status: "Active" is not known here | write one of: active, parked, done, dropped`,
			"15:1 goal.Due: " + lower + " | write due",
			`16:1 goal.action: the key "text" is missing | add text = with one line in quotes`,
			`16:1 goal.action: the key "id" is missing | ` + idHint,
			`17:1 goal.action.sort: "play" is not known here | write one of: practise, people, study`,
			`18:1 goal.action.status: "closed" is not known here | write one of: open, done, not-done, changed, dropped`,
		}},
		{"one id for a goal and its action", below("[[goal]]\nid = \"g\"\nksbs = [\"K7\"]\ntext = \"x\"\n[[goal.action]]\nid = \"g\"\ntext = \"y\""), []string{"17:1 goal.action.id: the id g is used twice, first in line 13 | " + idHint}},
		{"reflection", below("[[reflection]]\nmodel = 4\ngoal = \"a\\u001bb\"\n[reflection.answer]\nwhat = 5\n\"so\\nwhat\" = \"x\""), []string{
			`12:1 reflection: the key "on" is missing | add on = with the day, such as 2026-11-22`,
			`12:1 reflection: the key "id" is missing | ` + idHint,
			"13:1 reflection.model: text is needed here, not a whole number | " + textHint,
			"14:1 reflection.goal: the text has characters that cannot be shown | write a plain word or two in one line",
			"16:1 reflection.answer.what: text is needed here, not a whole number | " + textHint,
			`17:1 reflection.answer."so what": the name of a step has characters that cannot be shown | write a plain word or two in one line`,
		}},
	})
}

func TestDecodeRefusesOtherFiles(t *testing.T) {
	const anew = "was the file cut off? if nothing is to come back, delete it and start again with ksbcoach init"
	const resave = "open it in an editor and save it as UTF-8"
	for _, c := range []struct{ name, src, want string }{
		{"empty", "", "1:1 : the file is empty | " + anew},
		{"blank", " \n\t\r\n", "1:1 : the file is empty | " + anew},
		{"a comment only", "# hello\n", `1:1 : the key "format" is missing | ` + formatKey},
		{"a byte order mark only", "\ufeff", `1:1 : the key "format" is missing | ` + formatKey},
		{"a letter to grandmother", "Dear Granny,\nI am well.\n", `1:6 Dear: expected = after the key, but found "G" | ` + fixLine},
		{"UTF-16, little end first", "\xff\xfef\x00o\x00", "1:1 : the file is UTF-16, not UTF-8 | " + resave},
		{"UTF-16, big end first", "\xfe\xff\x00f\x00o", "1:1 : the file is UTF-16, not UTF-8 | " + resave},
		{"UTF-16 without a mark", "f\x00o\x00r\x00m\x00", "1:1 : the file looks like UTF-16, not UTF-8 | " + resave},
		{"zeros", strings.Repeat("\x00", 200), "1:1 : the file contains a NUL byte | it was damaged, perhaps by a crash or a full disk"},
		{"a zero inside", "format = 1\nx\x00", "2:2 : the file contains a NUL byte | it was damaged, perhaps by a crash or a full disk"},
		{"Latin-1", "format = 1\nx = \"caf\xe9\"\n", "2:9 : the file contains bytes that are not UTF-8 | if the file is whole, open it in an editor and save it as UTF-8; or was it cut off?"},
		{"old Mac line ends", "format = 1\rstandard = 2\r", "1:11 : there is a lone carriage return here | lines end with LF or CRLF: open the file in an editor and save it with one of these"},
		{"an escape byte", "format = 1\n\x1b[2J\n", `2:1 : the file contains the control character U+001B | remove it, or write it as \u001B between double quotes`},
	} {
		t.Run(c.name, func(t *testing.T) {
			faults := faultsOf(t, c.src)
			if len(faults) != 1 || written(faults[0]) != c.want {
				t.Errorf("\n got %v\nwant %s", faults, c.want)
				for _, f := range faults {
					t.Log(written(f))
				}
			}
		})
	}
}

func TestFaultsReadAsOneLineAndAHint(t *testing.T) {
	faults := faultsOf(t, swap(t, small, "level = 1", "level = 7"))
	if got, want := faults.Error(), "line 11, column 8: round.self.K7.level: there is no level 7"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if faults.Hint() != levelHint {
		t.Error(faults.Hint())
	}
	if got, want := faultsOf(t, "").Error(), "line 1, column 1: the file is empty"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
