package privacy

import "strings"

const (
	titles set = " mr mrs miss ms mx mstr master madam lady sir rev reverend "
	// What a member of staff is called: such a name is rightly in a record, since they taught, saw or signed.
	staffRoles set = " surgeon surgeons consultant consultants mentor mentors supervisor supervisors tutor tutors " +
		"manager managers assessor assessors lecturer lecturers trainer trainers colleague colleagues leader teacher " +
		"instructor registrar boss physiologist audiologist scientist scientists engineer technologist technician " +
		"nurse sister matron radiographer doctor professor cardiologist anaesthetist radiologist neurologist " +
		"urologist ophthalmologist pathologist dietitian pharmacist optometrist orthoptist practitioner coordinator " +
		"co-ordinator director head deputy chief officer examiner appraiser coach preceptor educator secretary " +
		"receptionist rep representative witness verifier moderator supplier speaker chair author editor porter " +
		"superintendent worker physicist biochemist haematologist microbiologist siro guardian champion lead " +
		"chaplain band neighbour landlord headteacher vicar mp plumber driver actor "
	// What staff did, before "by Mrs Lindqvist".
	staffDeeds set = " taught observed supervised signed off led run delivered checked assessed witnessed reviewed " +
		"approved trained shown countersigned countersign coached mentored authored verified marked chaired " +
		"presented demonstrated overseen authorised authorized interviewed appraised examined organised arranged " +
		"hosted visit talk training email demo presentation call feedback "
	// What staff did, after their name.
	staffVerbs set = " taught supervised trained assessed countersigned coached mentored appraised lectured chairs " +
		"runs teaches supervises operates operated chaired "
	// Words after which a name is that of a patient.
	patientWords set = " patient patients pt pts called named surname forename client baby "
	// Relatives: their names are of the patient's family.
	relativeWords set = " wife husband son daughter mother father mum dad carer partner sister brother niece nephew " +
		"grandson granddaughter grandmother grandfather nok "
)

// titled finds "Mrs Jones". Dr, Prof., Sister and Nurse are titles of staff, who are named in a record for good reason,
// and so is a Mr or Mrs where the words beside it say so.
func (s *scanner) titledName(i int) (Finding, bool) {
	const small set = " master miss madam lady sir rev reverend "
	t := s.at(i)
	switch {
	case !t.letters || len(t.lower) > 8 || !titles.has(t.lower):
		return Finding{}, false
	case t.text == t.lower && small.has(t.lower), t.lower == "ms" && t.text != "Ms":
		return Finding{}, false // master, to miss, MS and ms: milliseconds, multiple sclerosis, a spectrometer
	}
	j := i + 1
	if s.at(j).text == "." && !s.at(j).afterSpace {
		j++
	}
	last := s.nameFrom(j, t)
	if last < 0 || famousNames.has(s.at(last).lower) || famousNames.has(s.at(j).lower) || t.lower == "miss" && s.startsSentence(i) &&
		afterToMiss.has(s.at(j).lower) {
		return Finding{}, false
	}
	told := storyWords.any(s.wordsBefore(i, 6)) || storyWords.any(s.wordsAfter(last, 6))
	return s.finding(kindName, i, last), !told && !s.staff(i, last)
}

// storyWords are words beside a name from a book, a film or a court.
const storyWords set = " book novel dickens quiz musical sitcom lords court judgment judgement ruling v history essay " +
	"syndrome sign "

const afterToMiss set = " the a an any one it rate ratio out this that "

// nameParticles are the small words in the middle of a name.
const nameParticles set = " de la le van der den von du da dos di del al el bin ibn ter ten of st "

// notNames are words that a capital does not make a name.
const notNames set = " safe conditional unsafe scan scans scanner scanning imaging image images compatible " +
	"angiography elastography spectroscopy guided linac the and or was is has had but if in on at for from to with " +
	"without of it he she they i we who nhs nice mhra hcpc dob ksb ecg mri ct bp hr sop id qc ward clinic patient " +
	"patients number january february march april may june july august september october november december monday " +
	"tuesday wednesday thursday friday saturday sunday examination records record notes identifiers identification " +
	"safety confidentiality x y z information leaflet experience feedback group dignity details data pathway " +
	"transport care centred referral history ids demographics name names "

// nameFrom gives the last token of a name that begins at j, behind a title, or -1: capitalised words, initials with or
// without their stops, a hyphen, and small words in the middle.
func (s *scanner) nameFrom(j int, title token) int {
	first := j
	for n := 0; n < 2 && title.lower != "" && nameParticles.has(s.at(j).lower) && s.at(j+1).letters &&
		!s.at(j).afterBreak; n++ { // Mr van der Berg
		j++
	}
	if s.at(first).afterBreak || !s.named(j, title) {
		return -1
	}
	last, words := j, 1
	for words < 5 {
		k := last + 1
		if len(s.at(last).text) <= 2 && s.at(last).capitals() && s.at(k).text == "." && !s.at(k).afterSpace { // J. Smith
			k++
		}
		for n := 0; n < 3 && nameParticles.has(s.at(k).lower) && s.at(k).text == s.at(k).lower && s.named(k+1, token{}); n++ {
			k++
		}
		for n := 0; n < 2 && nameParticles.has(s.at(k).lower) && nameParticles.has(s.at(k+1).lower) && s.named(k+2, token{}); n++ {
			k++
		}
		if s.hyphen(k) {
			k++
		}
		next := s.at(k)
		if next.afterBreak || !s.named(k, token{}) || s.endsSentence(k-1) && k-1 > last && len(s.at(last).text) > 2 {
			break
		}
		if strings.HasSuffix(strings.ToLower(s.at(last).text), "'s") || strings.HasSuffix(s.at(last).text, "’s") {
			break
		}
		last, words = k, words+1
	}
	if last == j && len(s.at(j).text) == 1 {
		return -1 // Mrs B is how a patient is told of without a name
	}
	return last
}

// named says whether a token can be part of a name. Behind mr and mrs in small letters so can a small word.
func (s *scanner) named(j int, title token) bool {
	t := s.at(j)
	if !t.letters || notNames.has(t.lower) || titles.has(t.lower) {
		return false
	}
	small := title.lower != "" && title.text == title.lower && len(t.text) > 2 && !smallWords.has(t.lower)
	if title.text == "MR" || title.text == "MRS" {
		initial := len(t.text) == 1 && t.capitals() && s.at(j+1).text == "."
		return initial || t.capitals() && len(t.text) > 2 || t.capital() && title.text == "MRS"
	}
	return t.capital() || small
}

const smallWords set = " and are but can did does for from had has her him his how its not now off our out she that " +
	"the then they this too was were who why will with you your which what when where said came also may might must "

func (s *scanner) startsSentence(i int) bool {
	return i == 0 || s.at(i).afterBreak || s.endsSentence(i-1)
}

// staff says whether the words beside a name, from one token to another, are those of a member of staff.
func (s *scanner) staff(from, last int) bool {
	left := s.wordsBefore(from, 5)
	switch {
	case len(left) > 0 && patientWords.has(left[0]):
		return false
	case len(left) > 0 && toStaff.has(left[0]), len(left) > 1 &&
		(left[0] == "with" || left[0] == "from" || left[0] == "to") && withStaff.has(left[1]):
		return true
	}
	for n, w := range left {
		if (n == 0 || n == 1 && (left[0] == "is" || left[0] == "was" || left[0] == "the")) && staffRoles.has(w) {
			return true
		}
		if w == "by" && n == 0 && staffDeeds.any(left[1:]) {
			return true
		}
	}
	// "Mr Khan, our lead", "Mr Khan (ENT consultant)", "Mr Khan's list", "Mr Khan showed me".
	next := s.at(last + 1)
	after := s.wordsAfter(last, 5)
	owner := strings.HasSuffix(s.at(last).text, "'s") || strings.HasSuffix(s.at(last).text, "’s")
	switch {
	case len(after) == 0:
		return false
	case next.text == "(" || next.text == ",":
		return s.apposed(last + 2)
	case owner:
		return staffRoles.has(after[0]) || staffThings.has(after[0]) || len(after) > 1 &&
			(staffRoles.has(after[1]) || staffThings.has(after[1]))
	case len(after) > 1 && (after[0] == "my" || after[0] == "our") &&
		(staffRoles.has(after[1]) || len(after) > 2 && staffRoles.has(after[2])):
		return true
	case after[0] == "from" || after[0] == "at" || after[0] == "in" || after[0] == "of":
		return workplaces.any(after[1:min(len(after), 4)]) || staffVerbs.any(after) && meWords.any(after)
	case after[0] == "who" && len(after) > 1:
		return staffVerbs.has(after[1])
	}
	me := meWords.any(after[1:min(len(after), 3)])
	return staffVerbs.has(after[0]) || didMe.has(after[0]) && me || len(after) > 1 && (after[0] == "has" ||
		after[0] == "then" || after[0] == "kindly" || after[0] == "also") && staffVerbs.has(after[1]) ||
		len(after) > 2 && (after[0] == "asked" || after[0] == "told" || after[0] == "explained") &&
			(after[1] == "me" || after[2] == "me") && staffMatters.any(after)
}

// apposed says whether words from j on say what somebody is, as in ", our lead scientist, " or " (ENT consultant)".
func (s *scanner) apposed(j int) bool {
	for k := j; k < j+5; k++ {
		t, next := s.at(k), s.at(k+1)
		switch {
		case k > j && t.afterBreak || !t.word || countDigits(t.text) > 0 && k == j || t.lower == "who" && k == j:
			return false
		case staffRoles.has(t.lower) && (next.afterBreak || !next.word || roleOf.has(next.lower) || k > j &&
			articleWords.has(s.at(j).lower)):
			return true
		}
	}
	return false
}

const (
	roleOf  set = " for at in of from who and on "
	didMe   set = " showed observed signed watched let talked emailed walked helped marked "
	meWords set = " me us my off "
)

const staffMatters set = " audit sop shadow lead plan present logbook competency competencies teach theatre prepare " +
	"write check rewrite review "

const (
	toStaff   set = " shadowed shadowing emailed emailing assisted assisting thanked thank thanks "
	withStaff set = " tutorial supervision appraisal feedback training teaching quote email lecture placement " +
		"interview shadowing thanks 1-1 one-to-one viva assessment observation presentation progress catch-up reply " +
		"invoice "
	// staffThings are what a member of staff has.
	staffThings set = " list lists clinic clinics firm team theatre lecture lectures talk workshop session sessions " +
		"course department office ward round rounds slides notes feedback teaching signature protocol paper group "
	// workplaces are where staff are from.
	workplaces set = " procurement university estates finance pharmacy supplies stores payroll governance education " +
		"training library hr it switchboard reception physics engineering college company supplier manufacturer " +
		"records coding bookings department dept lab laboratory trust hse mhra ukas cqc hcpc informatics " +
		"communications security olympus philips siemens ge medtronic roche abbott beckman sysmex stryker draeger " +
		"drager baxter natus interacoustics oticon phonak resound cochlear biotronik elekta varian fujifilm canon bd " +
		"biomerieux sonova "
	// famousNames are people that everybody knows from books and television.
	famousNames set = " bean potato beeton gillick dalloway darcy spock blobby magoo kipling motivator doubtfire hinch " +
		"marple havisham piggy moneypenny bennet bouquet poppins twit tickle mcgregor hyde watson robinson men " +
		"gadget whippy windermere wortley gaga godiva macbeth chatterley test testing dummy zztest montgomery bolam " +
		"bolitho nightingale seacole lacks leborgne trunchbull osler fleming mansfield hounsfield gray marmot " +
		"francis charnley lister darzi kelvin "
)

// titledPatient finds a doctor or a sister who is the patient: "Dr Wenlock, who was the patient".
func (s *scanner) titledPatient(i int) (Finding, bool) {
	t := s.at(i)
	if !t.letters || t.text == t.lower || !staffTitles.has(t.lower) {
		return Finding{}, false
	}
	j := i + 1
	if s.at(j).text == "." && !s.at(j).afterSpace {
		j++
	}
	last := s.nameFrom(j, token{})
	if last < 0 {
		return Finding{}, false
	}
	is := len(s.wordsBefore(i, 1)) > 0 && (s.wordsBefore(i, 1)[0] == "patient" || s.wordsBefore(i, 1)[0] == "pt")
	after := s.wordsAfter(last, 9)
	for n := 2; n < len(after); n++ {
		is = is || after[n] == "patient" && articleWords.has(after[n-1]) && isWords.has(after[n-2])
	}
	return s.finding(kindName, i, last), is
}

const (
	staffTitles set = " dr prof professor sister nurse sir lord dame rev reverend father captain sergeant councillor " +
		"judge "
	articleWords set = " a the my our "
	isWords      set = " as is was being were "
)

// called finds a whole name behind a word for a patient: "patient John Smith", "Name: Smith", "his wife Mary Hill", and
// "Baby Jones". A first name alone tells nobody who it was.
func (s *scanner) patientName(i int) (Finding, bool) {
	t := s.at(i)
	if !t.letters || !(patientWords.has(t.lower) || relativeWords.has(t.lower) || t.lower == "name") {
		return Finding{}, false
	}
	j := i + 1
	if abbreviations.has(t.lower) && s.at(j).text == "." && !s.at(j).afterSpace {
		j++
	}
	sign := s.at(j).oneOf(":=-–")
	comma := s.at(j).text == "," || s.at(j).text == "("
	if sign || comma {
		j++
	}
	patient := t.lower == "patient" || t.lower == "pt" || t.lower == "client"
	for n := 0; n < 3 && patient && !sign && nameIs.has(s.at(j).lower) && s.at(j).text == s.at(j).lower; n++ {
		j++
	}
	for n := 0; n < 4 && t.lower == "name" && !sign && patientWords.any(s.wordsBefore(i, 2)); n++ { // full name on this: ...
		if sign = s.at(j).text == ":"; sign || s.at(j).word {
			j++
		}
	}
	if low := s.at(j).lower; t.lower == "baby" && (low == "boy" || low == "girl") {
		j++
	}
	last := s.nameFrom(j, token{text: "x"})
	if last < 0 || len(s.at(j).text) < 2 || s.staffAfter(last) {
		return Finding{}, false
	}
	name, whole, is := s.at(j), last > j, false
	switch {
	case t.lower == "name" || t.lower == "surname" || t.lower == "forename":
		is = (sign || patientWords.any(s.wordsBefore(i, 1)) && whole || t.lower != "name") && !staffLabel.any(s.wordsBefore(i, 2))
	case t.lower == "called" || t.lower == "named":
		left := s.wordsBefore(i, 6)
		is = whole && (personWords.any(left) || relativeWords.any(left) || patientWords.any(left))
	case patient && sign:
		is = !titleCase(name.lower) && !(name.capitals() && len(name.text) <= 5)
	case patient:
		short := name.capitals() && name.text != name.lower && len(name.text) < 4
		is = whole && !short && !titleCase(name.lower) && !titleCase(s.at(j+1).lower)
	case t.lower == "baby":
		is = !s.startsSentence(j) && !sign && !comma
	case relativeWords.has(t.lower):
		is = whole && !sign && !(t.lower == "sister" && t.capital())
	}
	letters := name.capitals() && !whole && len(name.text) <= 4 && !sign // PPE, IPC and so on
	return s.finding(kindName, j, last), is && !letters
}

const nameIs set = " is was name called named identified as today the "

// listed finds a name as worklists and labels have it: "JONES, Mary".
func (s *scanner) listedName(i int) (Finding, bool) {
	t := s.at(i)
	if len(t.text) < 3 || !t.capitals() || s.at(i+1).text != "," || s.at(i+1).afterSpace || !t.letters {
		return Finding{}, false
	}
	first, after := s.at(i+2), s.at(i+3)
	if !first.capital() || first.afterBreak || !first.afterSpace || first.capitals() && len(first.text) > 1 &&
		!listWords.any(s.wordsBefore(i, 6)) || notSurnames.has(t.lower) || notNames.has(first.lower) || commonCapitals.has(t.lower) {
		return Finding{}, false
	}
	ends := after.afterBreak || after.digits || after.oneOf(",;(-–/|.:") || after.text == "" || birthWords.has(after.lower) ||
		sexWords.has(after.lower)
	begins := s.startsSentence(i) || s.at(i-1).digits || s.at(i-1).oneOf(":;|-–)") || listWords.any(s.wordsBefore(i, 6))
	return s.finding(kindName, i, i+2), ends && begins || listWords.any(s.wordsBefore(i, 6))
}

const (
	listWords set = " worklist list label labelled band wristband request form specimen sample tube patient pt pts " +
		"name screen "
	notSurnames set = " coshh riddor mrsa nice puwer irmer loler dicom hepa copd stemi ukas mhra nhse hcpc iso sop " +
		"qc note todo ecg eeg mri pet spect nhs nmc gmc aim plan datix gdpr swot smart driscoll gibbs kolb rolfe " +
		"duty ksb urgent done help important "
)

const (
	staffLabel set = " file user assessor mentor supervisor witness staff manager tutor device product brand trade " +
		"drug generic your my test course module trust ward department column field sheet firm company supplier " +
		"manufacturer learner apprentice assessor's mentor's common model project print printed machine host "
)

// titleCase says whether a word often follows "Patient" in the title of a form, a group or a paper.
func titleCase(low string) bool {
	const often set = " safety benefit experience information advice liaison identification administration " +
		"administrative group transport management monitoring system services reported record records journey " +
		"positioning dose education association voice choice access engagement involvement participation portal " +
		"initiated knows zero one care line "
	return often.has(low) || strings.HasSuffix(low, "ing")
}

// staffAfter says whether what follows a name says that it is one of the staff.
func (s *scanner) staffAfter(last int) bool {
	after := s.wordsAfter(last, 4)
	next := s.at(last + 1)
	return (next.text == "," || next.text == "(") && staffRoles.any(after) || len(after) > 0 && staffVerbs.has(after[0])
}

// initials finds "JS, 54", "J.S. (72)", "54-year-old JS", "JS, bed 4" and "pt JS".
func (s *scanner) initials(i int) (Finding, bool) {
	last := s.initialsFrom(i)
	if last < 0 {
		return Finding{}, false
	}
	stops, short := last > i, commonCapitals.has(s.at(i).lower)
	if from, to := s.inBed(i, last); from >= 0 && !neverInitials.has(s.at(i).lower) {
		return s.finding(kindInitials, from, to), true
	}
	of := initialsAfter.any(s.wordsBefore(i, 1))
	a := s.ageAfter(last)
	switch {
	case a.sexed && !s.at(i).afterBreak || a.sexed && a.sign != "":
		return s.finding(kindInitials, i, a.last), true
	case a.last < 0:
		if s.ageBefore(i) && !neverInitials.has(s.at(i).lower) {
			return s.finding(kindInitials, i, last), true
		}
	case s.measured(a.last), s.inList(i, a.last) && !a.marked, neverInitials.has(s.at(i).lower):
	case a.marked && (!short || len(s.at(i).text) == 2), of && !short, stops && a.closed,
		(a.sign == "," || a.sign == "(") && a.closed && a.age > 0 && (!short || a.age > 17 && s.startsSentence(i)):
		return s.finding(kindInitials, i, a.last), true
	}
	return Finding{}, false
}

const initialsAfter set = " patient pt initials client baby "

// inBed gives the first and the last token of initials with a bed: "JS, bed 4", "bed 9 (LC)"; or -1.
func (s *scanner) inBed(i, last int) (from, to int) {
	bed := func(j int) bool {
		n := s.at(j + 1)
		some := countDigits(n.text) > 0 && len(n.text) <= 3 || len(n.text) == 1 && n.capitals()
		return bedWords.has(s.at(j).lower) && some && !s.at(j).afterBreak
	}
	j := last + 1
	if s.at(j).oneOf(",(-–/") {
		j++
	}
	if in := s.at(j).lower; in == "in" || in == "on" || in == "at" || in == "from" {
		j++
	}
	if (s.at(j).lower == "ward" || s.at(j).lower == "bay") && !bed(j) || bed(j) && bed(j+2) {
		j += 2
		if s.at(j).text == "," {
			j++
		}
	}
	if bed(j) {
		return i, j + 1
	}
	j = i - 1
	if s.at(j).oneOf(",(-–/:") {
		j--
	}
	end := s.at(last + 1)
	if bed(j-1) && !s.at(i).afterBreak && (j == i-1 || end.afterBreak || !end.word || !commonCapitals.has(s.at(i).lower)) {
		return j - 1, last
	}
	return -1, -1
}

const bedWords set = " bed bay cubicle chair trolley cot incubator sideroom "

type ageFound struct {
	age, last int    // last is the token that it ends at, -1 for no age
	sign      string // the sign before it, or ""
	sexed     bool   // M or F is joined to it
	marked    bool   // it is said to be an age: 54F, aged 54, 54 years
	closed    bool   // nothing that it could be the number of follows it
}

func (s *scanner) ageAfter(last int) ageFound {
	a := ageFound{last: -1}
	j := last + 1
	if s.at(j).oneOf(",(-–/:") {
		a.sign = s.at(j).text
		j++
	}
	if sexWords.has(s.at(j).lower) && !s.at(j).afterBreak { // (F, 55)
		a.marked = true
		if j++; s.at(j).oneOf(",/") {
			j++
		}
	}
	if low := s.at(j).lower; low == "aged" || low == "age" {
		a.marked = true
		j++
	}
	t, end := s.at(j), s.at(j+1)
	age, rest := splitAge(t.lower)
	if len(t.lower) > 1 && (t.lower[0] == 'm' || t.lower[0] == 'f') && countDigits(t.lower) == len(t.lower)-1 { // F54
		age, rest = splitAge(t.lower[1:] + t.lower[:1])
	}
	if rest == "s" && sexWords.has(end.lower) { // 70s male
		rest = end.lower
	}
	if t.afterBreak || age < 0 || rest != "" && !ageEnds.has(rest) || s.numberGoesOn(j) && !s.at(j+1).oneOf("-/") {
		return a
	}
	a.age, a.last = age, j
	a.sexed = strings.HasSuffix(t.text, "M") || strings.HasSuffix(t.text, "F")
	a.marked = a.marked || rest != "" || ageEnds.has(end.lower) && !end.afterBreak ||
		(end.text == "-" || end.text == "/") && ageEnds.has(s.at(j+2).lower)
	a.closed = end.afterBreak || end.text == "" || end.oneOf(",;):.-–/?!") || end.letters && end.text == end.lower &&
		!countedWords.has(end.lower)
	if a.sign == "(" && end.text == ")" && !end.afterSpace {
		a.last++
	}
	return a
}

// countedWords are words behind a number that counts something.
const countedWords set = " of out and or per x by to in pieces patients items samples questions leads lead slice channel " +
	"channels electrodes pages slides times tests points runs words ears sets parts steps "

const sexWords set = " m f male female man woman boy girl lady gentleman "

// inList says whether what looks like an age is one of several numbers or references: "MI, 12, 14".
func (s *scanner) inList(i, j int) bool {
	end := s.at(j + 1)
	return end.text == "," && s.at(j+2).digits || len(s.wordsBefore(i, 1)) > 0 && referenceWords.has(s.wordsBefore(i, 1)[0])
}

const referenceWords set = " section table figure fig page pages chapter duty duties ksb ksbs unit room bay bed ward no " +
	"level grade model type vol volume issue part clause annex appendix rev step module form "

const ageEnds set = " y yo yr yrs year years yob m f male female man woman boy girl months month mo weeks week days " +
	"lady gentleman yrs. old yoa yof yom mth mths wk wks yo. "

// splitAge takes an age afterSpace: 54, 54f, 54yo, 54yom. It is -1 where there is none.
func splitAge(t string) (age int, rest string) {
	n := 0
	for n < len(t) && t[n] >= '0' && t[n] <= '9' {
		age, n = age*10+int(t[n]-'0'), n+1
	}
	if n == 0 || n > 3 || age > 110 || n > 1 && t[0] == '0' {
		return -1, ""
	}
	return age, t[n:]
}

// ageBefore says whether an age ends right before initials: "54-year-old JS", "72yo F, JS", "54 y/o lady JS".
func (s *scanner) ageBefore(i int) bool {
	if before := s.wordsBefore(i, 2); len(before) == 2 && len(before[1]) == 2 && countDigits(before[1]) == 0 &&
		s.at(i-2).capitals() {
		return false // it is the age of those initials: "FB 38F CTS"
	}
	for n, w := range s.wordsBefore(i, 5) {
		age, rest := splitAge(w)
		switch {
		case age >= 0:
			return rest != "" && ageEnds.has(rest) || rest == "" && n > 0
		case !ageEnds.has(w) && !oldWords.has(w):
			return false
		}
	}
	return false
}

const oldWords set = " old o patient pt called aged "

// initialsFrom gives the last token of initials at i, or -1: JS, J.S., J S with a stop after each, and JRS.
func (s *scanner) initialsFrom(i int) int {
	t := s.at(i)
	if !t.letters || !t.capitals() && !(len(t.text) == 4 && t.text[1:3] == "Mc") ||
		!s.at(i).afterSpace && (s.at(i-1).oneOf(".-&+") || s.at(i-1).text == "/" && s.at(i-2).text != s.at(i-2).lower) {
		return -1
	}
	switch n := len(t.text); {
	case n == 4 && t.text[1:3] == "Mc":
		return i // SMcK
	case n == 1:
		last, count := i, 1
		for count < 4 && s.at(last+1).text == "." && !s.at(last+1).afterSpace && len(s.at(last+2).text) == 1 &&
			s.at(last+2).capitals() && s.at(last+2).letters && !s.at(last+2).afterBreak {
			last, count = last+2, count+1
		}
		if count < 2 {
			return -1
		}
		if s.at(last+1).text == "." && !s.at(last+1).afterSpace {
			last++
		}
		if s.at(last+1).capital() && !s.at(last+1).afterBreak && !s.endsSentence(last) {
			return -1 // J. S. Bach
		}
		return last
	case n <= 3:
		return i
	}
	return -1
}

// neverInitials are those of them that stand beside numbers and bedWords.
const neverInitials set = " ok id iv ed er no am pm qc bp hr mr ct us on in at to of tv pc gp icu itu hdu ecg eeg " +
	"ecmo mri nhs sop iqc aed nbm dnr rn dr hca duty ksb iso ng bs cpd pta db hz rev ver "

// commonCapitals are two and three capitals that mean something in a hospital or in everyday life and are no initials.
const commonCapitals set = " ac ad ae af ai am ao ap ar as at av bm bp bs bsi ca cd ce cf ci cm co cpd cqc cs csf ct cv cw " +
	"cxr da db dc dna do dr ds dvt ea ecg ed eeg ef eg emg en ent ep epa eqa er et eu ev fda ff fft fit fm ft gb gi " +
	"gp ha hb hcp hcs he hf hl hr hse ht hv iac ic icc icu id ie iec if ii iii im in io ip ipc iqc ir is iso it itu " +
	"iv ix kpi ksb la lab lad lbbb led lis lot lp lv lvh ma mdt me med mg mhz mi mm mr mrs mri ms mv na nb nhs ni " +
	"nice nip no np ns ob oh ok on op or os ot ox pa pc pcr pd pe pet pfo ph pid pm po poc pp ppe ppm pps pr ps psa " +
	"pt pts pv qa qc qi qms qrs qt ra rbbb rca rf rh rna ro rr rv sd se sf si sn so sop sp st sts sv svt tb tee th " +
	"ti tia to toe tsh tte tv uk ukas un up us usb uv va vat vd ve vf vt vte wbc we wf wi xr xx xxx yes zn i v vi " +
	"vii ng ta qs br hba aed ana anti abr oae rem bte ite ric pta vemp vng dpoae tens lmp lft fbc crp inr esr apt " +
	"hiv hcv hbv mrsa opd aau cdu ccu nicu picu aid ukca mda fsn fsca udi dh lea osc rag swot gdpr dpa hta hfe edta " +
	"edd eta etd fev fvc tlco bsa tlc rvs pef pff nox bal rct sem sds cal cat cpr dat dpi ecu fio fob gcs hep hdu " +
	"hdl ldl icd ict iud ldh lvo max min mcq osce nmc hcpc gmc ipl ldr mic mph msc bsc phd mba nvq rpl ojt otj "
