package seeds_test

// scopeNeeded are the skills whose work touches a patient, a result, a device, a record or another person's duty, so that
// the coaching must say what waits for sign-off and who decides. The reason is part of the linter's message.
var scopeNeeded = map[string]string{
	"S1":  "working under law and code starts with who is entitled to act",
	"S3":  "the formal candour talk belongs to a named lead",
	"S4":  "solving a problem can mean opening equipment or running data again",
	"S5":  "listening to a colleague is not treating one",
	"S6":  "an interpretation can decide a treatment",
	"S7":  "opening, repairing and releasing equipment need authority",
	"S8":  "results may be given only to some people by some roles",
	"S9":  "a changed procedure reaches patients",
	"S10": "adapting a procedure can alter dose, settings or result",
	"S11": "the safeguarding lead decides what follows a concern",
	"S12": "consent may be sought only by those authorised",
	"S13": "procedures are done alone only after sign-off",
	"S14": "findings not yet authorised must not travel as results",
	"S15": "findings of fault and promises belong to others",
	"S16": "diagnoses are given by those authorised",
	"S17": "amending an issued report or merging records needs authority",
	"S18": "disclosure is decided by others",
	"S21": "a task may go only to someone whose record covers it",
	"S23": "controlled areas, sources and lasers need training on record",
	"S24": "accepting a risk is the manager's decision",
	"S25": "recall and release are decided by others",
	"S26": "an auditor acts only within what was delegated",
	"S27": "testing a change touches a live service",
	"S29": "a method not yet validated stays out of reports",
	"S30": "study tasks are those on the delegation log",
	"S32": "it is the scope of practice itself",
	"S33": "a competence decision belongs to a named assessor",
}

// scopeFree are the skills that are no clinical or technical work of their own. They may carry a note and need none.
var scopeFree = map[string]string{
	"S2":  "inclusive conduct within the procedures of other skills",
	"S19": "working with other teams",
	"S20": "leading and judging one's own part",
	"S22": "conduct in the team",
	"S28": "putting findings to those who decide",
	"S31": "reflecting on one's own practice",
}
